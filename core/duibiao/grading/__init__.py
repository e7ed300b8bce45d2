"""The ladder (分级阶梯): which grade the evidence supports, item by item."""
