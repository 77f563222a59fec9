"""Keys are where they are on a Latin keyboard, whatever letters the layout puts there."""

from __future__ import annotations

import os

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"

import pygame
import pytest

from game.screen.app import Window, read_input
from tests.screen import screens

# What SDL gives for the keys E, U, R, L, W, H, C, M with a Russian layout, and for 1 with an Arabic one.
ELSEWHERE = [(1091, "e"), (1075, "u"), (1082, "r"), (1076, "l"), (1094, "w"), (1088, "h"), (1089, "c"), (1100, "m")]


def pressed(window: Window, *events: pygame.event.Event) -> list[int]:
    pygame.event.clear()
    for event in events:
        pygame.event.post(event)
    return [one.key for one in read_input(window)[0].keys]


def key(code: int, scan: int, kind: int = pygame.KEYDOWN) -> pygame.event.Event:
    return pygame.event.Event(kind, key=code, scancode=scan, mod=0, unicode="")


@pytest.fixture
def window() -> Window:
    surface = pygame.display.set_mode((640, 400))
    return Window(surface, screens.Ui(surface))


@pytest.mark.parametrize(("code", "letter"), ELSEWHERE)
def test_a_key_of_a_cyrillic_layout_is_the_latin_one_in_its_place(code: int, letter: str, window: Window) -> None:
    scan = pygame.KSCAN_A + ord(letter) - ord("a")
    assert pressed(window, key(code, scan)) == [pygame.key.key_code(letter)]


def test_digits_in_other_scripts_are_digits(window: Window) -> None:
    assert pressed(window, key(1633, pygame.KSCAN_1)) == [pygame.K_1]


def test_a_latin_layout_keeps_its_letters_wherever_they_lie(window: Window) -> None:
    assert pressed(window, key(pygame.K_a, pygame.KSCAN_Q)) == [pygame.K_a], "a French keyboard has an A there"
    assert pressed(window, key(pygame.K_RETURN, pygame.KSCAN_RETURN), key(pygame.K_F1, pygame.KSCAN_F1)) == [
        pygame.K_RETURN, pygame.K_F1,
    ]  # fmt: skip


def test_a_key_that_is_held_counts_once_in_any_layout(window: Window) -> None:
    scan = pygame.KSCAN_E
    assert pressed(window, key(1091, scan), key(1091, scan)) == [pygame.K_e]
    assert pressed(window, key(1091, scan, pygame.KEYUP), key(1091, scan)) == [pygame.K_e]
