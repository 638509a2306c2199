package athanor.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.ObjectRef;
import athanor.contracts.events.DrawingProgressed;
import athanor.contracts.events.ProofRendered;
import athanor.contracts.events.RunSnapshot;
import athanor.contracts.events.SamplesRendered;
import athanor.contracts.events.TrainingProgressed;
import athanor.contracts.proof.Estimate;
import athanor.contracts.proof.Measures;
import athanor.contracts.proof.Recommendation;
import athanor.contracts.recipe.ProofEffort;
import athanor.contracts.rest.RunView;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCardTest {

    private static final RunId RUN = new RunId("anna-1");
    private static final Instant T0 = Instant.parse("2026-11-23T12:00:00Z");

    private static RunSnapshot at(int second, RunState state) {
        return new RunSnapshot(RUN, "Anna", state, T0.plusSeconds(second));
    }

    private static TrainingProgressed progress(int attempt, int step) {
        return new TrainingProgressed(RUN, attempt, step, 10, 1, 1, 1, 1, 1, 1, T0);
    }

    @Test
    void everyStateIsKeptWithTheTimeItWasEntered() {
        RunCard card = RunCard.from(at(0, new RunState.Requested()))
                .with(at(5, new RunState.Validating()))
                .with(at(7, new RunState.Preparing()));

        assertThat(card.history())
                .containsExactly(
                        new RunView.Entered("Requested", T0),
                        new RunView.Entered("Validating", T0.plusSeconds(5)),
                        new RunView.Entered("Preparing", T0.plusSeconds(7)));
    }

    @ParameterizedTest
    @CsvSource({
        "UPLOADED_PICTURES, true, false",
        "INSTANCE_PICTURES, false, true",
        "CLASS_PICTURES, false, true",
        "TEST_PICTURES, false, false"
    })
    void howFarPicturesAreIsToldWhileTheyAreAwaited(
            DrawingProgressed.Kind kind, boolean whileRequested, boolean whilePreparing) {
        DrawingProgressed news = new DrawingProgressed(RUN, kind, 3, 8, 2.5, T0.plusSeconds(1));

        assertThat(RunCard.from(at(0, new RunState.Requested())).with(news).drawing() != null)
                .isEqualTo(whileRequested);
        assertThat(RunCard.from(at(0, new RunState.Preparing())).with(news).drawing() != null)
                .isEqualTo(whilePreparing);
    }

    @Test
    void oldNewsAndSecondDeliveriesChangeNothing() {
        RunCard card = RunCard.from(at(9, new RunState.Queued()));

        assertThat(card.with(at(5, new RunState.Validating()))).isEqualTo(card);
        assertThat(card.with(at(9, new RunState.Queued()))).isEqualTo(card);
    }

    @Test
    void aRunThatIsOverStaysOver() {
        RunCard card = RunCard.from(at(1, new RunState.Cancelled()));

        assertThat(card.with(at(2, new RunState.Training(1, 10, 1)))).isEqualTo(card);
    }

    @Test
    void aTrainingPausesAndGoesOn() {
        RunState.Training training = new RunState.Training(3, 10, 1);
        RunCard card = RunCard.from(at(1, training))
                .with(at(2, new RunState.Paused(3, 10, 1)))
                .with(at(3, training));

        assertThat(card.history()).extracting(RunView.Entered::state).containsExactly("Training", "Paused", "Training");
    }

    @Test
    void anOlderAttemptIsOldNews() {
        RunCard card = RunCard.from(at(1, new RunState.Training(0, 10, 2)));

        assertThat(card.with(at(2, new RunState.Training(5, 10, 1)))).isEqualTo(card);
    }

    @Test
    void anEarlierMomentOfATrainingIsOldNews() {
        RunCard training = RunCard.from(at(1, new RunState.Training(6, 10, 2)));

        assertThat(training.with(at(2, new RunState.Training(4, 10, 2)))).isEqualTo(training);
        assertThat(training.with(at(2, new RunState.Paused(6, 10, 1)))).isEqualTo(training);
        assertThat(training.with(at(2, new RunState.Paused(8, 10, 2))).state())
                .isEqualTo(new RunState.Paused(8, 10, 2));
    }

    @Test
    void picturesOfACheckpointDoNotReplaceThoseOfTheEnd() {
        SamplesRendered end = samples(10, true);
        RunCard card = RunCard.from(at(1, new RunState.Rendering())).with(end);

        assertThat(card.with(samples(10, false)).samples()).isEqualTo(end);
    }

    private static SamplesRendered samples(int step, boolean last) {
        ObjectRef sheet =
                new ObjectRef("athanor", "runs/anna-1/samples/%d/%s.png".formatted(step, last), 1, "0".repeat(64));
        return new SamplesRendered(RUN, step, last, List.of(), sheet, List.of(), 1, T0);
    }

    /** As sample-service tells it. */
    static ProofRendered proof(RunId run, ObjectRef file) {
        return new ProofRendered(
                run,
                "Anna",
                ProofEffort.QUICK,
                new Recommendation(200, 0.8, file, "Use the checkpoint of step 200 at strength 0.8."),
                List.of("The class stays what it was."),
                new Measures(8, 0.99, new Estimate(0, 0, 0.3, 8), 0.98),
                List.of(),
                List.of(),
                file,
                file,
                66,
                5,
                T0);
    }

    @Test
    void howToUseTheLoraIsSaidBeforeAnythingElse() {
        SamplesRendered end = new SamplesRendered(
                RUN, 10, true, List.of(), samples(10, true).contactSheet(), List.of("The pictures moved."), 1, T0);
        RunCard card = RunCard.from(at(1, new RunState.Rendering())).with(end).with(proof(RUN, end.contactSheet()));

        assertThat(card.verdicts())
                .containsExactly(
                        "Use the checkpoint of step 200 at strength 0.8.",
                        "The class stays what it was.",
                        "The pictures moved.");
        assertThat(card.view().recommended())
                .isEqualTo(proof(RUN, end.contactSheet()).recommended());
    }

    @Test
    void theFarthestProgressCounts() {
        RunCard card = RunCard.from(at(1, new RunState.Training(0, 10, 1)))
                .with(progress(1, 5))
                .with(progress(1, 4))
                .with(progress(2, 2))
                .with(progress(1, 9));

        assertThat(card.progress().attempt()).isEqualTo(2);
        assertThat(card.progress().step()).isEqualTo(2);
    }

    @Test
    void factsThatComeBeforeTheFirstStateWaitForIt() {
        RunCard blank = RunCard.blank(RUN).with(progress(1, 5));
        assertThat(blank.announced()).isFalse();

        RunCard card = blank.with(at(1, new RunState.Training(0, 10, 1)));

        assertThat(card.announced()).isTrue();
        assertThat(card.name()).isEqualTo("Anna");
        assertThat(card.progress().step()).isEqualTo(5);
    }
}
