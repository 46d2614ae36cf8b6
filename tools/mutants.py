"""The mutants of a module: its source with one operator, number or word changed by cosmic-ray, each different from all others."""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names


@dataclass(frozen=True)
class Mutant:
    """One change: in which module, which operator of cosmic-ray makes it, and at which of the positions that it finds."""

    path: str
    operator: str
    occurrence: int

    def source(self, source: str) -> str:
        """The module with the change."""
        changed = mutate_code(source, get_operator(self.operator)(), self.occurrence)
        if changed is None:
            raise ValueError(f"{self} changes nothing")
        return str(changed)


def mutants(path: str, source: str) -> list[Mutant]:
    """Every mutant that the operators make of a module."""
    return [
        Mutant(path, name, occurrence)
        for name in sorted(operator_names())
        if not get_operator(name).arguments()
        for occurrence in range(_positions(name, source))
    ]


def drawn(sources: Mapping[str, str], wanted: int | None, seed: str) -> Iterator[tuple[Mutant, str]]:
    """So many mutants of these modules with their sources, drawn by the seed alone; for None all of them, in order.

    Left out is what cannot be told apart when it runs, from the module or from a mutant before it (`meaning`).
    """
    found = [mutant for path, source in sources.items() for mutant in mutants(path, source)]
    if wanted is not None:
        random.Random(seed).shuffle(found)  # noqa: S311 - it has to be the same each time
    seen, given = {meaning(source) for source in sources.values()}, 0
    for mutant in found:
        if given == wanted:
            return
        changed = mutant.source(sources[mutant.path])
        try:
            means = meaning(changed)
        except SyntaxError:
            continue
        if means not in seen:
            seen.add(means)
            given += 1
            yield mutant, changed


def meaning(source: str) -> str:
    """What Python runs of a module: without annotations, which nobody evaluates."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
            for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs, node.args.vararg, node.args.kwarg):
                if argument is not None:
                    argument.annotation = None
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(0)
    return ast.dump(tree)


def _positions(name: str, source: str) -> int:
    operator = get_operator(name)()
    return sum(len(tuple(operator.mutation_positions(node))) for node in ast_nodes(get_ast(source)))
