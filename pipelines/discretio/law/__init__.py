"""What the law says: instruments, dated values, categories, authorities, rules. Pure: the standard library only."""
