"""One file per promise of speed; `run() -> dict` measures it. script/bench NAME starts them."""
