"""People for a directory, as LDIF: the same ones for the same number, in any container."""

from pathlib import Path
from typing import IO

BASE = "o=Lindgren"

_GIVEN = (
    "Anna Bengt Carla David Elsa Frans Greta Hans Ida Johan Karin Lars Maria Nils Olga Per Rosa Sven Tove Ulf Vera Walter Ylva Zacharias "
    "Agneta Bertil Cecilia Dagmar Erik Fredrika Gunnar Hedvig Ingemar Josefina Kristoffer Linnea Magnus Natalia Oskar Petronella"
).split()
_FAMILY = (
    "Ek Berg Lind Holm Dahl Strand Sund Bergman Lundin Nordin Westman Hedlund Sandberg Engstrom Lindqvist Bergstrom Danielsson Gustafsson "
    "Hallberg Isaksson Jonsson Karlsson Lofgren Martinsson Nystrom Oberg Pettersson Rosenqvist Samuelsson Torstensson Ullman Vikander "
    "Wallenberg Akerlund Ahlgren Bjorklund Cederstrom Drakenberg Ekelund Falkenmark"
).split()
_TITLE = ("clerk", "engineer", "head of department", "accountant", "driver", "typist", "buyer")


def write(path: Path, count: int, containers: int) -> list[int]:
    """Writes `count` people in `containers` containers, in turns of whole containers. Gives for each container how many bytes the strings of
    its people have: the DN, alias, display name, first and last name, and both addresses."""
    lengths = []
    with path.open("w", encoding="ascii", buffering=1 << 20) as file:
        file.write(f"dn: {BASE}\nobjectClass: organization\no: Lindgren\n\n")
        for container in range(containers):
            file.write(f"dn: ou=Site{container + 1},{BASE}\nobjectClass: organizationalUnit\nou: Site{container + 1}\n\n")
            numbers = range(container * count // containers, (container + 1) * count // containers)
            lengths.append(sum(_write_person(file, number, f"ou=Site{container + 1},{BASE}") for number in numbers))
    return lengths


def _write_person(file: IO[str], number: int, container: str) -> int:
    given = _GIVEN[number * 7 % len(_GIVEN)]
    family = _FAMILY[number * 11 // len(_GIVEN) % len(_FAMILY)]
    uid = f"{given[:2]}{family[:4]}{number}".lower()
    dn = f"uid={uid},{container}"
    name = f"{given} {family} {number // 1600}"
    mail = (f"{given}.{family}.{number}@lindgren.example".lower(), f"{uid}@mail.lindgren.example")
    file.write(
        f"dn: {dn}\nobjectClass: inetOrgPerson\nuid: {uid}\ncn: {name}\ngivenName: {given}\nsn: {family}\nmail: {mail[0]}\nmail: {mail[1]}\n"
        f"title: {_TITLE[number % 7]}\ntelephoneNumber: +46 8 {number:07}\nl: Site {number % 97}\n\n"
    )
    return sum(map(len, (dn, uid, name, given, family, *mail)))
