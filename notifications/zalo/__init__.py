"""Zalo: three Apprise plugins (template messages, Official Account, bot), their code table, tokens and webhooks."""
