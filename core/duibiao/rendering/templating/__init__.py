"""How Word templates are opened, compiled, checked and printed; others use `duibiao.rendering.engine`."""
