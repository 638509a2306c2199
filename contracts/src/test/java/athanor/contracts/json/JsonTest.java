package athanor.contracts.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.dataset.ClassBatch;
import athanor.contracts.events.EventSamples;
import athanor.contracts.events.RunCommand;
import athanor.contracts.events.RunSnapshot;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.RunState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTest {

    static List<RunState> everyState() {
        ObjectRef object = EventSamples.object("a");
        return List.of(
                new RunState.Requested(),
                new RunState.Validating(),
                new RunState.Preparing(),
                new RunState.Queued(),
                new RunState.Training(3, 10, 1),
                new RunState.Paused(3, 10, 1),
                new RunState.Rendering(),
                new RunState.Finished(object, object),
                RunState.Failed.of(FailureReason.DIVERGED, "the loss was NaN at step 4"),
                new RunState.Cancelled());
    }

    @ParameterizedTest
    @MethodSource("everyState")
    void aStateSurvivesTheWire(RunState state) {
        RunSnapshot snapshot = new RunSnapshot(EventSamples.RUN, "Anna", state, EventSamples.NOON);

        String json = Json.write(snapshot);

        assertThat(json).contains("\"type\":\"" + state.name() + "\"");
        assertThat(Json.read(json, RunSnapshot.class)).isEqualTo(snapshot);
    }

    @Test
    void aRunIdIsAPlainString() {
        assertThat(Json.write(new RunCommand.CancelRun(EventSamples.RUN, EventSamples.NOON)))
                .isEqualTo("{\"runId\":\"anna-7f3a09c2\",\"at\":\"2026-11-23T12:00:00Z\"}");
    }

    @Test
    void fieldsOfALaterVersionAreIgnored() {
        String json = "{\"runId\":\"anna-7f3a09c2\",\"at\":\"2026-11-23T12:00:00Z\",\"why\":\"bored\"}";

        assertThat(Json.read(json, RunCommand.CancelRun.class).runId()).isEqualTo(EventSamples.RUN);
    }

    @Test
    void aMissingNumberIsNotSilentlyZero() {
        assertThatThrownBy(() -> Json.read("{\"width\":3}", Size.class))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("height");
    }

    @Test
    void aRefusedValueSaysWhyAndWhere() {
        assertThatThrownBy(() -> Json.read("{\"size\":{\"width\":0,\"height\":5},\"count\":1}", ClassBatch.class))
                .isInstanceOf(JsonException.class)
                .hasMessage("ClassBatch cannot be read at size: a picture needs an area, got 0 x 5 pixels");
    }

    @Test
    void textThatIsNoJsonIsRefusedWithASentence() {
        assertThatThrownBy(() -> Json.read("hello", Size.class))
                .isInstanceOf(JsonException.class)
                .hasMessageStartingWith("Size cannot be read: Unrecognized token 'hello'");
    }

    @Test
    void aPartialRecipeIsLaidOverTheDefaults() {
        Recipe recipe = Json.merge(
                Recipe.defaults("tiny", "woman"),
                "{\"subject\":{\"trigger\":\"ohwx\"},\"training\":{\"steps\":7,\"schedule\":\"constant\"}}");

        assertThat(recipe)
                .isEqualTo(Recipe.defaults("tiny", "woman")
                        .with("subject.trigger", "ohwx")
                        .with("training.steps", "7")
                        .with("training.schedule", "constant"));
    }

    @Test
    void aMisspeltFieldOfAPartialRecipeIsRefused() {
        assertThatThrownBy(() -> Json.merge(Recipe.defaults("tiny", "woman"), "{\"training\":{\"stepz\":7}}"))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("stepz");
    }
}
