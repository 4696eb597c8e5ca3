"""Words for random books: names and sentences that say something plain, and that no rule has reason to fault."""

from __future__ import annotations

import random

REGIONS = ("云岭区", "青禾县", "临河市", "石桥区", "望江县", "柳河区")
BUREAUS = (
    "发展和改革局", "教育体育局", "水利局", "文化和旅游局", "市场监督管理局", "交通运输局", "卫生健康局",
    "行政审批服务管理局", "农业农村局", "应急管理局", "城市管理局", "红十字会",
)  # fmt: skip
CENTRES = (
    "便民服务中心", "机关后勤事务所", "信息技术推广站", "公共资源交易大厅", "青少年活动基地", "档案资料馆",
    "设施养护队", "职业技能培训学校", "质量检验检测院", "综合行政执法大队",
)  # fmt: skip
TOWNS = ("", "", "", "城东", "城西", "南关", "北渠", "山前", "河湾", "老街")
THINGS = (
    "社区活动室", "农村饮水管网", "政务大厅窗口", "公共图书室", "街巷路灯", "河道堤防", "校园围墙", "乡村卫生室",
    "公交候车亭", "农贸市场", "垃圾分拣站", "防汛物资库", "检测实验室", "老年食堂", "儿童游乐场", "湿地步道",
    "数据机房", "电子档案库", "消防栓", "温室大棚", "文物展厅", "体育场馆", "灌溉水渠", "信号基站", "停车泊位",
    "早餐网点", "气象观测点", "树木苗圃", "口袋公园", "盲道坡道",
)  # fmt: skip
ACTS = ("改造", "修缮", "运行", "建设", "养护", "巡查", "升级", "普查", "服务外包", "能力提升")
UP = (
    "新录用的工作人员到岗", "新开设了办事网点", "承接上级下放的事项", "服务的村和社区比以前多",
    "合同续签后单价上调", "调资政策落实到位", "旧设施到了大修年限", "任务量比往年大",
)  # fmt: skip
DOWN = (
    "部分工作人员调出", "几项合同到期不再续签", "办公场所合并", "往年的一次性任务已经办完",
    "大修在往年已经做完", "承办的活动场次比往年少", "改为线上办理后耗材用得少", "任务移交给其他部门",
)  # fmt: skip
DUTIES = (
    "贯彻执行国家和省、市有关的方针政策和法律法规。", "拟订本行业的发展规划和年度计划并组织实施。",
    "指导各乡镇、街道的相关工作。", "监督检查所属单位的工作。", "负责本行业的统计和信息公开。",
    "受理和答复群众的来信来访。", "组织工作人员的业务培训。", "完成上级交办的其他任务。",
)  # fmt: skip
OFFICES = ("办公室", "综合科", "法规科", "人事教育科", "规划财务科", "业务指导科", "督查科", "信息科")
GOODS = ("台式计算机", "打印复印一体机", "办公家具", "空气净化装置", "会议音响", "显微检测仪", "巡逻无人机")
WORKS = ("屋面防水工程", "管线更换工程", "场地硬化工程", "围挡砌筑工程")
SERVICES = ("保洁服务", "安保服务", "软件运行维护服务", "工程监理服务", "检测服务", "培训服务")


def sentence(rng: random.Random, words: tuple[str, ...], most: int = 3) -> str:
    """A few of the words, joined as one reason."""
    return "，".join(rng.sample(words, rng.randint(1, most)))


def duties(rng: random.Random) -> str:
    chosen = rng.sample(DUTIES, rng.randint(2, len(DUTIES)))
    return "\n\n".join(f"{number}．{text}" for number, text in enumerate(chosen, 1))


def organisation(rng: random.Random, units: list[str]) -> str:
    """How many offices and units there are, each named."""
    offices = rng.sample(OFFICES, rng.randint(2, 6))
    text = f"本部门内设{len(offices)}个机构：{'、'.join(offices)}。"
    others = units[1:]
    return text + (f"所属单位{len(others)}个：{'、'.join(others)}。" if others else "没有所属单位。")
