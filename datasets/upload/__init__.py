"""Files that learners bring: read with suspicion, kept in private, gone with their maker."""
