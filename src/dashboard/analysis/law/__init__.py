"""What the law says, where it is silent, and how it meets practice. Law on paper is never averaged with practice."""
