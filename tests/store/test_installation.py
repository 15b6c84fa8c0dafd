"""How an extra comes to the program, however that was installed."""

from pathlib import Path

from store.model.installation import is_checkout, name_install_line


def test_an_extra_is_brought_by_what_is_there(tmp_path: Path) -> None:
    """An installed program named files that only a checkout has."""
    assert is_checkout()
    assert name_install_line("places") == "pip install -r requirements-places.txt"
    assert name_install_line("places", root=tmp_path) == "make install EXTRAS=places"
    (tmp_path / "pipx_metadata.json").touch()
    by_pipx = name_install_line("places", root=tmp_path, environment=str(tmp_path))
    assert by_pipx == "pipx install --force '.[places]'"
