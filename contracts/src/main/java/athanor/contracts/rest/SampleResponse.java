package athanor.contracts.rest;

import athanor.contracts.events.Sample;
import athanor.contracts.guard.GuardAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a {@link SampleRequest}.
 *
 * @param samples each can be fetched from {@code GET /pictures/} and its key
 * @param warnings of the guards and of the pipeline, each once
 * @param guards what they said, rule by rule; absent in answers of before they did
 * @param seconds spent, waiting included
 */
public record SampleResponse(
        List<Sample> samples,
        List<String> warnings,
        @Nullable List<GuardAnswer> guards,
        double seconds) {}
