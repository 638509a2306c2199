package athanor.console.pictures;

import athanor.contracts.dataset.PictureSource;
import athanor.contracts.events.RunRequested;
import athanor.contracts.json.Json;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.rest.RunView;
import athanor.contracts.run.RunId;
import java.time.Instant;
import java.util.List;

/** The event that asks for the same training on Kafka, of pictures that lie in the bucket. */
final class EventText {

    private static final String BUCKET = "athanor";

    private EventText() {}

    static String of(RunView run, Recipe recipe) {
        PictureSource source = new PictureSource(BUCKET, "uploads/%s/".formatted(run.runId()));
        return Json.pretty(new RunRequested(
                new RunId(run.runId() + "-2"),
                run.name(),
                List.of(),
                source,
                recipe,
                Instant.EPOCH.plusSeconds(run.updatedAt().getEpochSecond())));
    }
}
