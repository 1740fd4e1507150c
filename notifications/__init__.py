"""How Đôn Đốc speaks: templates, channels, and the mailbox for offices that have no mail server yet."""
