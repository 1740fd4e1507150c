"""Why a letter came back, in the office's words, by its status code (RFC 3463)."""

from dondoc.words import _

WHY = {
    "5.1.1": "hộp thư không tồn tại",
    "5.1.2": "tên miền của địa chỉ không nhận thư",
    "5.1.3": "địa chỉ viết sai",
    "5.1.6": "hộp thư đã chuyển đi nơi khác",
    "5.1.10": "người nhận không tồn tại",
    "5.2.1": "hộp thư đã bị khoá",
    "5.2.2": "hộp thư đã đầy",
    "5.2.3": "thư quá lớn đối với hộp thư ấy",
    "5.4.1": "máy chủ thư của người nhận không trả lời",
    "5.4.4": "không tìm được máy chủ thư của người nhận",
    "5.4.6": "thư chạy vòng giữa các máy chủ",
    "5.4.7": "hết thời gian chờ máy chủ của người nhận",
    "4.4.7": "hết thời gian chờ máy chủ của người nhận",
}
KINDS = {
    "1": "địa chỉ không nhận được thư",
    "2": "hộp thư không nhận được thư",
    "3": "máy chủ thư của người nhận gặp lỗi",
    "4": "không nối được máy chủ thư của người nhận",
    "5": "hai máy chủ thư không hiểu nhau",
    "6": "nội dung thư không được nhận",
    "7": "bị từ chối vì quy định bảo mật của bên nhận",
}


def bounce_words(status: str) -> str:
    """ "5.1.1: hộp thư không tồn tại"; a code nobody knows by its subject (the middle number)."""
    subject = status.split(".")[1] if status.count(".") == 2 else ""
    why = _(WHY.get(status) or KINDS.get(subject, "máy chủ thư báo không đưa đến được"))
    return f"{status}: {why}" if status else why
