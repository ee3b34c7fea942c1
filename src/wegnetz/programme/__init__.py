"""The programme as data: reads and checks packs, keeps every version that was ever in force."""
