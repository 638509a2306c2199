package athanor.contracts.rest;

import athanor.contracts.events.Sample;
import java.util.List;

/**
 * What came of a {@link SampleRequest}.
 *
 * @param samples each can be fetched from {@code GET /pictures/} and its key
 * @param warnings of the guards and of the pipeline, each once
 * @param seconds spent, waiting included
 */
public record SampleResponse(List<Sample> samples, List<String> warnings, double seconds) {}
