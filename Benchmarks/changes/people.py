#!/usr/bin/env python3
"""people.py COUNT: people as inetOrgPerson below ou=people,o=Bench, as LDIF.

people.py COUNT changes SHARE ROUND: changes of that share of them: half of it modified, a quarter new, a quarter deleted. Each ROUND
from 0 on changes others. The same in every run.
"""
import sys

GIVEN = "Anna Bjorn Chloe Daniel Emile Fiona Grace Helene Ian Jurgen Karen Li Nils Olga Peter Quentin Rosa Soren Tomas Ute".split()
SURNAME = "Ashworth Muller OBrien Smith Sorensen Lefevre Berg Jones Gross Nguyen Akesson Patel Garcon Whitaker Orto Walker".split()


def person(number):
    given, surname = GIVEN[number * 7 % len(GIVEN)], SURNAME[number * 11 % len(SURNAME)]
    uid = f"{given[0]}{surname}{number}".lower()
    return (f"dn: cn={surname}{number},ou=people,o=Bench\n", (
        f"objectClass: inetOrgPerson\ncn: {surname}{number}\ndisplayName: {given} {surname}\ngivenName: {given}\nsn: {surname}\n"
        f"uid: {uid}\nmail: {uid}@bench.example\nmail: {given}.{surname}.{number}@bench.example\n"))


def main():
    count = int(sys.argv[1])
    write = sys.stdout.write
    if len(sys.argv) == 2:
        write("dn: o=Bench\nobjectClass: organization\no: Bench\n\ndn: ou=people,o=Bench\nobjectClass: organizationalUnit\nou: people\n\n")
        for number in range(count):
            dn, rest = person(number)
            write(dn + rest + "\n")
        return
    quarter, turn = int(count * float(sys.argv[3])) // 4, int(sys.argv[4])
    # Spread over the directory; no person is in two rounds.
    step = count // (quarter * 3)
    old = [(place * step + turn) % count for place in range(quarter * 3)]
    for number in old[: quarter * 2]:
        write(f"{person(number)[0]}changetype: modify\nreplace: givenName\ngivenName: Changed{turn}\n\n")
    for number in old[quarter * 2:]:
        write(f"{person(number)[0]}changetype: delete\n\n")
    for number in range(quarter):
        dn, rest = person(count + turn * quarter + number)
        write(dn + "changetype: add\n" + rest + "\n")


main()
