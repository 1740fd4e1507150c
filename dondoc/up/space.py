"""Is there room on the disk? Said before anything is started: a full disk explains itself nowhere else."""

import shutil
from pathlib import Path

from dondoc.up.trouble import StartError
from dondoc.words import _

NEEDED = 100 * 2**20  # bytes: a fresh register, Prefect's own database and logs take about thirty


def demand_space(folder: Path) -> None:
    """StartError where too little is left for register, schedule and logs."""
    if (free := shutil.disk_usage(folder).free) < NEEDED:
        raise StartError(
            _(
                "Không khởi động được: ổ đĩa của {folder} chỉ còn {free} MB, cần ít nhất {needed} MB.\n"
                "  Hãy xoá bớt, hoặc chọn nơi khác: dondoc up --data THU_MUC"
            ).format(folder=folder, free=free // 2**20, needed=NEEDED // 2**20)
        )
