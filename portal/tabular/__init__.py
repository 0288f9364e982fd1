"""Files that people send as tables (CSV, XLSX, XLS), read into numbered rows; values as offices write them."""
