"""The mappings that come with Sitrep, each on a made-up file with the header as it is published."""

import csv
import io
import json
from typing import Any

import pytest

from store import Store
from store.transfer.columns import mapping_file as mappings
from store.transfer.importer import ImportReport
from store.transfer.plan import RowOutcome
from tests.bulk.conftest import read
from tests.fakes import ZONE


def split_header(text: str) -> list[str]:
    return text.split(",")


GED = split_header(
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,"
    "conflict_new_id,conflict_name,dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,"
    "side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,"
    "source_article,source_office,source_date,source_headline,source_original,"
    "where_prec,where_coordinates,where_description,adm_1,adm_2,latitude,longitude,"
    "geom_wkt,priogrid_gid,country,country_id,region,event_clarity,date_prec,"
    "date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,"
    "high,low,gwnoa,gwnob"
)
ACLED = split_header(
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,"
    "sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,"
    "interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,"
    "location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,"
    "tags,timestamp"
)
ACLED_OLD = [
    "data_id",
    "iso",
    "event_id_cnty",
    "event_id_no_cnty",
    *ACLED[1:15],
    *ACLED[16:],
    "iso3",
]
VIINA = split_header(
    "viina_version,event_id,event_id_1pd,date,time,geonameid,feature_code,asciiname,"
    "ADM1_NAME,ADM1_CODE,ADM2_NAME,ADM2_CODE,longitude,latitude,GEO_PRECISION,"
    "GEO_API,location,address,report_id,source,url,text,lang"
)
GEOCONFIRMED = split_header(
    "Date,Name,Faction,Origin,Latitude,Longitude,PlusCode,Description,Source,"
    "Geolocation,Equipment,EquipmentItems,Units,OrbatUnits,Id"
)
USHAHIDI = split_header(
    "#,INCIDENT TITLE,INCIDENT DATE,LOCATION,DESCRIPTION,CATEGORY,LATITUDE,"
    "LONGITUDE,DESCRIPTION,FIRST NAME,LAST NAME,EMAIL,APPROVED,VERIFIED"
)
POINT = {"latitude": "48.2801", "longitude": "37.1771"}


def table(
    columns: list[str], *rows: dict[str, str], divider: str = ",", header: bool = True
) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=divider)
    if header:
        writer.writerow(columns)
    for row in rows:
        writer.writerow([row.get(name, "") for name in columns])
    return out.getvalue().encode()


GED_ROW = {
    "id": "9",
    "type_of_violence": "1",
    "side_a": "Side A",
    "side_b": "Side B",
    "source_office": "Some Office",
    "source_original": "officials",
    "where_prec": "1",
    "where_coordinates": "Pokrovsk town",
    **POINT,
    "event_clarity": "1",
    "date_start": "2025-11-05 00:00:00.000",
    "date_end": "2025-11-05 00:00:00.000",
    "best": "1",
    "high": "2",
    "low": "0",
}
ACLED_ROW = {
    "event_id_cnty": "X1",
    "event_date": "05 November 2025",
    "time_precision": "2",
    "sub_event_type": "Armed clash",
    "location": "Pokrovsk",
    **POINT,
    "geo_precision": "1",
    "source": "Some Office; Other Office",
    "notes": "Sides clashed near Pokrovsk.",
}
ACLED_OLD_ROW = {**ACLED_ROW, "event_date": "2025-11-05", "time_precision": "3"}
VIINA_ROW = {
    "event_id": "7",
    "date": "20251105",
    "asciiname": "Pokrovsk",
    **POINT,
    "GEO_PRECISION": "ADM3",
    "url": "https://example.org/a",
    "text": "A mill was hit.",
}
GEOCONFIRMED_ROW = {
    "Date": "2025-11-05",
    "Id": "abc",
    "Latitude": "48.2801",
    "Longitude": "37.1771",
    "Description": "A mill burns.",
    "Source": "https://example.org/a, https://example.org/b",
}
BELLINGCAT = {
    "id": "CIV1",
    "date": "11/05/2025",
    **POINT,
    "location": "Pokrovsk",
    "description": "A house was hit.",
    "filters": [{"key": "Type", "value": "Residential"}],
    "sources": [{"id": "s", "path": "https://example.org/a", "description": "x"}],
}
WARSPOTTING = {
    "id": 5,
    "type": "Tanks",
    "model": "T-72",
    "status": "Destroyed",
    "lost_by": "Side A",
    "date": "2025-11-05",
    "nearest_location": "Pokrovsk",
    "geo": "48.2801,37.1771",
    "unit": None,
    "tags": None,
}
USHAHIDI_ROW = {
    "#": "3",
    "INCIDENT DATE": "2025-11-05 10:00:00",
    "LOCATION": "Pokrovsk",
    "LATITUDE": "48.2801",
    "LONGITUDE": "37.1771",
    "DESCRIPTION": "The bridge is closed.",
}
CSV, JSON = "a.csv", "a.json"
DAY = "2025-11-05"
FILES: dict[str, tuple[str, str, bytes, str, str]] = {
    "UCDP GED": ("ucdp_ged", CSV, table(GED, GED_ROW), "ucdp-ged:9", DAY),
    "UCDP candidate without a header": (
        "ucdp_ged",
        CSV,
        table(GED, GED_ROW, header=False),
        "ucdp-ged:9",
        DAY,
    ),
    "ACLED": ("acled", CSV, table(ACLED, ACLED_ROW), "acled:X1", f"{DAY}~"),
    "ACLED of old": ("acled", CSV, table(ACLED_OLD, ACLED_OLD_ROW), "acled:X1", "2025-11"),
    "VIINA": ("viina", CSV, table(VIINA, VIINA_ROW), "viina:7", DAY),
    "GeoConfirmed": (
        "geoconfirmed",
        CSV,
        table(GEOCONFIRMED, GEOCONFIRMED_ROW, divider=";"),
        "geoconfirmed:abc",
        DAY,
    ),
    "Bellingcat": (
        "bellingcat",
        JSON,
        json.dumps([BELLINGCAT]).encode(),
        "bellingcat:CIV1",
        DAY,
    ),
    "WarSpotting": (
        "warspotting",
        JSON,
        json.dumps({"losses": [WARSPOTTING]}).encode(),
        "warspotting:5",
        DAY,
    ),
    "Ushahidi": ("ushahidi", CSV, table(USHAHIDI, USHAHIDI_ROW), "ushahidi:3", DAY),
}


async def import_by(store: Store, mapping: str, name: str, data: bytes) -> ImportReport:
    return await read(store, data, name, mapping=mapping, create=True, zone=ZONE)


@pytest.mark.parametrize("what", FILES)
async def test_a_file_as_published_is_read_by_its_mapping(small: Store, what: str) -> None:
    mapping, name, data, key, day = FILES[what]
    report = await import_by(small, mapping, name, data)
    assert not report.problems
    assert report.counts[RowOutcome.NEW] == 1
    sql = (
        "SELECT e.edtf, (SELECT count(*) FROM entry_places p WHERE p.entry_id = e.id)"
        " FROM entries e WHERE e.key = ?"
    )
    rows: list[Any] = await small._db.read(lambda db: db.execute(sql, (key,)).fetchall())
    assert rows == [(day, 1)]


def test_every_mapping_that_ships_is_tried() -> None:
    assert {mapping for mapping, *_ in FILES.values()} == set(mappings.list_mappings())
