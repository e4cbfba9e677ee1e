def add_import(c, p): pass
def add_snapshots(c, p): pass
