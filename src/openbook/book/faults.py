"""What may be wrong with a book: every code with its title. The page of documentation lists them from here."""

from __future__ import annotations

from openbook.book.model import Fault, Spot

FAULTS = {
    # --- reading a workbook
    "BK051": "工作簿读不了",
    "BK052": "缺少工作表",
    "BK053": "工作表没有表头",
    "BK054": "工作表里有不认识的栏",
    "BK055": "工作表里同一栏有两列",
    "BK056": "工作表缺少必填的栏",
    "BK057": "单元格的内容用不了",
    "BK058": "有一张表像账簿的表，名称不同",
    "BK059": "填数的单元格是合并的",
    # --- reading a folder
    "BK101": "找不到账簿",
    "BK102": "给的不是账簿",
    "BK103": "文件夹里有不认识的文件",
    "BK104": "文件读不出来",
    "BK105": "文件过大或行数过多",
    "BK106": "不认识的栏或键",
    "BK107": "缺少必填的栏",
    "BK108": "同一栏写了两次",
    "BK109": "一行的格数比表头多",
    "BK110": "值的写法不对",
    "BK111": "不是普通文件，或链接到文件夹之外",
    "BK112": "项目的文件名与编码不一致",
    "BK113": "账簿格式的版本不对",
    # --- values
    "BK201": "必填的没有填",
    "BK202": "不是金额",
    "BK203": "金额的小数超过两位",
    "BK204": "金额是负数",
    "BK205": "不是可选的词",
    "BK206": "单位表里没有这个单位",
    "BK207": "没有这个项目",
    "BK208": "不认识的事项",
    "BK209": "功能科目不对",
    "BK210": "经济科目不对",
    "BK211": "不是整数",
    "BK212": "日期不对",
    "BK213": "科目编码不对",
    "BK214": "收入科目不对",
    "BK215": "项目编码里有不能用的字符",
    "BK216": "文字里有看不见的字符，或者太长",
    "BK217": "预算年度不对",
    "BK218": "同一项写了两行",
    # --- what belongs together
    "BK301": "必备的表是空的",
    "BK302": "两个单位的编码相同",
    "BK303": "同一单位的两个项目名称相同",
    "BK304": "第一个单位不是部门本级",
    "BK305": "金额是零或负数",
    "BK311": "项目支出没有写项目",
    "BK312": "基本支出写了项目",
    "BK313": "项目没有支出",
    "BK314": "支出类别与经济科目不相称",
    "BK315": "一个项目的支出在几个单位",
    "BK321": "收入与支出不平衡",
    "BK331": "项目的年度资金与支出不符",
    "BK332": "项目实施期的资金少于年度资金",
    "BK333": "项目没有绩效指标",
    "BK334": "项目没有年度目标",
    "BK335": "指标值的百分比超过 100%",
    "BK336": "同一项目的指标写了两次",
    "BK341": "上年数的合计与分项不符",
    "BK342": "写了原因或用途的科目，账簿里没有",
    "BK351": "项目的采购金额超过项目支出",
    "BK352": "预留中小企业的金额超过采购金额",
    "BK353": "预留小微企业的金额超过预留中小企业的金额",
    "BK354": "数量乘单价不等于金额",
    "BK355": "数量不是数字",
    "BK361": "拟购置的车辆与购置费不一致",
    "BK362": "没有车辆，却有运行维护费",
    "BK371": "缺少必备的文字",
    "BK372": "文字里留有待填写的空",
    "BK373": "要公开的文字里有手机号码或身份证号码",
    # --- controls
    "BK401": "与控制数不符",
    "BK402": "控制数里的项目，账簿里没有支出",
    "BK403": "账簿里的项目，控制数里没有",
    "BK404": "控制数里的单位，账簿里没有",
    # --- compiling the books of units
    "BK451": "各单位账簿的年度或套式不同",
    "BK452": "一个单位在两本账簿里",
    "BK453": "汇总的账簿里没有部门本级",
    "BK454": "同一科目在两本账簿里名称不同",
    # --- building the disclosure: found by `openbook.composing` and the command
    "BK501": "说明要用的上年数没有填",
    "BK502": "说明要用的变动原因没有填",
    "BK503": "说明模板写得不对",
    "BK504": "没有这个报表套式，或它不能生成公开材料",
    "BK505": "要单独公开的单位，账簿里没有",
    "BK506": "文字里没有要单独公开的单位那一节",
    "BK507": "报表要按收入科目列出的收入，没有写科目",
    "BK508": "要编单位预算，国有资产却没有分到单位",
    "BK599": "程序出错",
}


def fault(code: str, message: str, mend: str, spot: Spot) -> Fault:
    """A fault of the table above; another code is a mistake of the program."""
    assert code in FAULTS, code
    return Fault(code, message, mend, spot)


def at(spot: Spot, key: str, head: str) -> Spot:
    """The same row, one column of it: files of projects name their keys, tables their heads."""
    return spot._replace(column=key if spot.file.endswith(".toml") else head)


def yuan(fen: int) -> str:
    """As typed into a book: 123450 fen is ``1234.5``."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    whole, rest = divmod(fen, 100)
    return f"{sign}{whole}.{rest:02d}".rstrip("0").rstrip(".") if rest else f"{sign}{whole}"


def money(fen: int) -> str:
    """As a message tells it: ``1,234.50 元``."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{fen // 100:,}.{fen % 100:02d} 元"
