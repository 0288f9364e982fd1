"""Measures on a penalty case and its time: things held, clocks stopped and lengthened, the record of it all."""
