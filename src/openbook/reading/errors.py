"""What a reader raises when a file cannot be read at all, and the system's reasons in Chinese."""

import errno

_REASONS = {
    errno.ENOENT: "文件或文件夹不存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在的磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出了磁盘配额",
    errno.EFBIG: "文件太大",
    errno.EISDIR: "这是文件夹",
    errno.EEXIST: "已有同名的文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.ENAMETOOLONG: "文件名过长",
    errno.ELOOP: "链接指向自己",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "打开的文件太多",
}


class Unreadable(Exception):
    """The file is encrypted, damaged, empty or of another kind. The message is for the user."""


def in_words(error: OSError) -> str:
    """Why the system refused."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)
