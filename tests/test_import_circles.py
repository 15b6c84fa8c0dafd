"""No module imports itself by way of others, for types alone or for real."""

from graphlib import CycleError, TopologicalSorter

import grimp

PACKAGES = ("bot", "commands", "store")


def test_no_import_goes_round_in_a_circle() -> None:
    graph = grimp.build_graph(*PACKAGES, exclude_type_checking_imports=False, cache_dir=None)
    # A package is imported with each of its modules; what it imports itself is no circle of theirs.
    modules = {module for module in graph.modules if not graph.find_children(module)}
    imports = {
        module: graph.find_modules_directly_imported_by(module) & modules for module in modules
    }
    assert len(imports) > 200
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        raise AssertionError(f"A circle: {' → '.join(error.args[1])}") from None
