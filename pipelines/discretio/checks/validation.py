"""One run of Great Expectations over a store: an ephemeral context that prints nothing and writes only where it is told.

A store has one checkpoint, with a validation per frame. A checkpoint hands all of them the same parameters (1.24): the store
whole, out of which each takes its own frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import great_expectations as gx
import pandas as pd
from great_expectations.core import ExpectationValidationResult
from great_expectations.core.batch_definition import BatchDefinition
from great_expectations.data_context.data_context.abstract_data_context import AbstractDataContext
from great_expectations.data_context.types.base import DataContextConfig, InMemoryStoreBackendDefaults, ProgressBarsConfig
from great_expectations.datasource.fluent.batch_request import BatchRequest
from great_expectations.datasource.fluent.pandas_datasource import DataFrameAsset, PandasDatasource

from discretio.checks.suites import FrameSuite
from discretio.domain.frames import KNOWN_FRAMES

_SITE = "discretio"
_STORE = "store"
_GIVEN = "dataframe"  # what is given under any other name is kept in the results


@dataclass(frozen=True, slots=True)
class Validation:
    """What Great Expectations says of one rule: whether its expectation raised, and the counts that it observed."""

    raised: bool
    observed: Mapping[str, int]


def validate(
    suites: Iterable[FrameSuite], frames: Mapping[str, pd.DataFrame], data_docs: Path | None
) -> Mapping[str, Validation]:
    """Validate each suite against its frame, and write Data Docs if a folder is given.

    Returns:
        Per rule what its validation result says; a rule without a result is absent.
    """
    context = _quiet_context(data_docs)
    planned = tuple(suites)
    source = context.data_sources.add_pandas(datasource=_source(suite.frame for suite in planned))
    definitions = [_definition(context, suite, source.get_asset(suite.frame)) for suite in planned]
    checkpoint = context.checkpoints.add(gx.Checkpoint(name=_STORE, validation_definitions=definitions, result_format="BASIC"))
    outcome = checkpoint.run(batch_parameters={_GIVEN: frames})
    results = [result for run in outcome.run_results.values() for result in run.results]
    if data_docs is not None:
        context.build_data_docs(site_names=[_SITE])
    return {_rule_of(result): _validation(result) for result in results}


def _quiet_context(data_docs: Path | None) -> AbstractDataContext:
    configuration = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
        progress_bars=ProgressBarsConfig(globally=False, metric_calculations=False),
    )
    context = gx.get_context(mode="ephemeral", project_config=configuration)
    if data_docs is not None:
        context.add_data_docs_site(
            _SITE,
            {
                "class_name": "SiteBuilder",
                "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(data_docs.resolve())},
                "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
            },
        )
    return context


def _source(frames: Iterable[str]) -> PandasDatasource:
    """The store with all its frames at once: a context writes its whole configuration again for each one that comes later."""
    assets = [DataFrameAsset(name=frame, type="dataframe", batch_definitions=[_FrameOfStore(name=frame)]) for frame in frames]
    return PandasDatasource(name=_STORE, assets=assets)


class _FrameOfStore(BatchDefinition[Any]):
    """The frame of this name, out of the store that the checkpoint is handed."""

    def build_batch_request(self, batch_parameters: Mapping[str, Any] | None = None) -> BatchRequest[Any]:
        frames = (batch_parameters or {})[_GIVEN]
        return super().build_batch_request({_GIVEN: _without_content(self.name, frames[self.name])})


def _definition(context: AbstractDataContext, suite: FrameSuite, asset: DataFrameAsset) -> gx.ValidationDefinition:
    expectations = context.suites.add(
        gx.ExpectationSuite(name=suite.frame, expectations=[dict(planned.configuration) for planned in suite.expectations])
    )
    batch = asset.get_batch_definition(suite.frame)
    return context.validation_definitions.add(gx.ValidationDefinition(name=suite.frame, data=batch, suite=expectations))


def _without_content(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame without its content: Great Expectations keeps an unkeyed fingerprint of every batch in its results."""
    content = [column.name for column in KNOWN_FRAMES[name].columns if column.content and column.name in frame.columns]
    return frame.drop(columns=content)


def _rule_of(result: ExpectationValidationResult) -> str:
    return str(result.expectation_config.kwargs["rule"]) if result.expectation_config else ""


def _validation(result: ExpectationValidationResult) -> Validation:
    information = result.exception_info or {}
    # Without this key, the information holds an entry per metric that raised.
    raised = bool(information.get("raised_exception", information))
    observed = (result.result or {}).get("observed_value")
    return Validation(raised, observed if isinstance(observed, dict) else {})
