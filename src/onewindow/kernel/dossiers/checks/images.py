"""What all images are held to: sizes that a screen can bear."""

from __future__ import annotations

from onewindow.kernel.dossiers.checks.verdict import Limits, Unfit


def broken() -> Unfit:
    """Of an image that does not show to its end."""
    return Unfit("image-broken", "图片不完整或已损坏，打不开。请重新拍照、扫描或另存后再上传。")


def check_size(width: int, height: int, limits: Limits) -> None:
    """Raises Unfit for an image of no or too many pixels."""
    if width < 1 or height < 1:
        raise broken()
    if max(width, height) > limits.side or width * height > limits.pixels:
        most = f"{limits.pixels // 10_000} 万像素、边长 {limits.side} 像素"
        raise Unfit(
            "image-pixels",
            f"图片有 {width}×{height} 像素，最多 {most}。请缩小（扫描用 300 DPI 即可）或分成几张后再上传。",
        )
