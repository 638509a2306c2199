package athanor.contracts.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.dataset.ClassBatch;
import athanor.contracts.events.DatasetAccepted;
import athanor.contracts.events.EventSamples;
import athanor.contracts.events.EventType;
import athanor.contracts.events.RunCommand;
import athanor.contracts.events.RunEvent;
import athanor.contracts.events.RunRequested;
import athanor.contracts.events.RunSnapshot;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.rest.NewRun;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    private static String request(String recipe) {
        return Json.write(EventSamples.all().get(0))
                .replaceFirst(
                        "\"recipe\":.*,\"requestedAt\"",
                        Matcher.quoteReplacement("\"recipe\":%s,\"requestedAt\"".formatted(recipe)));
    }

    private static RunEvent front(String json) {
        return Json.readEvent(json.getBytes(StandardCharsets.UTF_8), EventType.RUN_REQUESTED);
    }

    @Test
    void aRequestBringsAsMuchOfARecipeAsItLikes() {
        assertThat(((RunRequested) front(request("{}"))).recipe()).isEqualTo(Recipe.defaults("tiny", "person"));
        assertThat(((RunRequested)
                                front(
                                        request(
                                                "{\"baseModel\":\"sd15\",\"subject\":{\"classNoun\":\"cat\"},\"network\":{\"rank\":4}}")))
                        .recipe())
                .isEqualTo(Recipe.defaults("sd15", "cat").with("network.rank", "4"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"training\":{\"stepz\":7}} | at recipe.training.stepz: there is no 'stepz', the nearest is 'steps'; known are steps, batchSize",
                "{\"trainning\":{\"steps\":7}} | at recipe.trainning: there is no 'trainning', the nearest is 'training'; known are baseModel, subject",
                "{\"training\":{\"steps\":6.7}} | at recipe.training.steps: wanted a whole number, got 6.7",
                "{\"training\":{\"steps\":6.0}} | at recipe.training.steps: wanted a whole number, got 6.0",
                "{\"training\":{\"steps\":\"6\"}} | at recipe.training.steps: wanted a whole number, got '6'",
                "{\"training\":{\"steps\":true}} | at recipe.training.steps: wanted a whole number, got true",
                "{\"training\":{\"steps\":null}} | at recipe.training.steps: wanted a whole number, got null",
                "{\"training\":{\"steps\":[6]}} | at recipe.training.steps: wanted a whole number, got a list",
                "{\"training\":{\"steps\":99999999999}} | at recipe.training.steps: wanted a whole number from -2147483648 to 2147483647, got one that is out of its range",
                "{\"training\":{\"seed\":9223372036854775808}} | at recipe.training.seed: wanted a whole number from -9223372036854775808 to",
                "{\"training\":{\"learningRate\":Infinity}} | Non-standard token 'Infinity', which JSON does not have",
                "{\"subject\":{\"trigger\":\"o\\u0000h\\u0000\"}} | at recipe.subject: subject.trigger holds zeros and is no text; write it as UTF-8",
                "{\"samples\":{\"negativePrompt\":\"o\\u0000h\"}} | at recipe.samples: samples.negativePrompt holds zeros",
                "{\"baseModel\":[\"tiny\"]} | at recipe.baseModel: wanted a text, got a list",
                "{\"training\":{\"learningRate\":\"1e-4\"}} | at recipe.training.learningRate: wanted a number, got '1e-4'",
                "{\"training\":{\"steps\":3,\"steps\":300}} | Duplicate field 'steps'",
                "{\"training\":7} | at recipe.training: wanted an object, got 7",
                "{\"training\":{\"area\":\"64x64\"}} | at recipe.training.area: wanted an object, got '64x64'",
                "{\"network\":{\"textEncoder\":1}} | at recipe.network.textEncoder: wanted true or false, got 1",
                "{\"network\":{\"textEncoder\":\"true\"}} | at recipe.network.textEncoder: wanted true or false, got 'true'",
                "{\"prior\":{\"mode\":1}} | at recipe.prior.mode: wanted one of CLASS_PICTURES, WHOLE_PICTURES, TRANSPLANT, BASE_PREDICTION, OFF, got 1",
                "{\"prior\":{\"mode\":\"NEVER\"}} | at recipe.prior.mode: wanted one of CLASS_PICTURES, WHOLE_PICTURES, TRANSPLANT, BASE_PREDICTION, OFF, got 'NEVER'",
                "{\"subject\":{\"trigger\":5}} | at recipe.subject.trigger: wanted a text, got 5",
                "{\"samples\":{\"prompts\":\"a woman\"}} | at recipe.samples.prompts: wanted a list, got 'a woman'",
                "{\"samples\":{\"prompts\":[null]}} | at recipe.samples: a list holds null",
                "{\"baseModel\":5} | at recipe.baseModel: wanted a text, got 5",
                "5 | at recipe: wanted an object, got a number",
                "[] | at recipe: wanted an object, got a list",
            })
    void whatIsWrongInARequestIsNamedWithItsPlaceAndNoClass(String recipe, String sentence) {
        assertThatThrownBy(() -> front(request(recipe)))
                .isInstanceOf(JsonException.class)
                .hasMessageStartingWith("RunRequested cannot be read")
                .hasMessageContaining(sentence)
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("java.", "athanor.", "Feature", "`", "JsonToken", "StreamRead");
    }

    @Test
    void aTextThatIsNoUtf8IsRefusedAndAMarkIsPassedOver() {
        byte[] size = "{\"width\":1,\"height\":2}".getBytes(StandardCharsets.UTF_16LE);
        byte[] latin = "{\"name\":\"zoë\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] marked = "\ufeff{\"width\":1,\"height\":2}".getBytes(StandardCharsets.UTF_8);

        assertThat(Json.readStrictly(size, Size.class)).isEqualTo(new Size(1, 2));
        assertThat(Json.readStrictly(marked, Size.class)).isEqualTo(new Size(1, 2));
        assertThatThrownBy(() -> Json.readStrictly(latin, NewRun.class))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("Invalid UTF-8");
        assertThatThrownBy(() -> Json.readStrictly(new byte[0], NewRun.class))
                .hasMessage("NewRun cannot be read: there is nothing in it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"runId\":5} | CancelRun cannot be read at runId: wanted a text, got 5",
                "{\"runId\":\"anna-1\"} | CancelRun cannot be read: at is missing",
                "`` | CancelRun cannot be read: there is nothing in it",
            })
    void whatIsWrongInACommandIsNamed(String json, String sentence) {
        assertThatThrownBy(() -> Json.read(json, RunCommand.CancelRun.class)).hasMessage(sentence);
    }

    @Test
    void aNumberIsNoTime() {
        String request =
                Json.write(EventSamples.all().get(0)).replaceFirst("\"requestedAt\":\"[^\"]*\"", "\"requestedAt\":5");

        assertThatThrownBy(() -> front(request))
                .hasMessage(
                        "RunRequested cannot be read at requestedAt: wanted a time such as 2026-11-23T12:00:00Z, got a number");
    }

    @Test
    void aNumberThatIsMissingIsSaidToBeMissing() {
        assertThatThrownBy(() -> Json.read("{\"width\":3}", Size.class))
                .hasMessage("Size cannot be read at height: wanted a whole number, got nothing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"runId\":\"x\" \"name\"}",
                "[1,2",
                "\"\\x\"",
                "{} {}",
                "nul",
                "",
                "{'a':1}",
                "{\"a\":01}",
                "\u0000"
            })
    void textThatIsNoJsonIsRefusedWithoutTheParsersOwnNames(String text) {
        assertThatThrownBy(() -> front(text))
                .isInstanceOf(JsonException.class)
                .extracting(Throwable::getMessage)
                .asString()
                .startsWith("RunRequested cannot be read")
                .doesNotContain("java.", "athanor.", "Feature", "`", "Source", "StreamRead");
    }

    @Test
    void jsonThatIsNestedTooDeeplyIsRefusedLikeAnyOther() {
        assertThatThrownBy(() -> front(request("{\"training\":" + "[".repeat(100_000))))
                .isInstanceOf(JsonException.class)
                .extracting(Throwable::getMessage)
                .asString()
                .contains("nesting depth")
                .doesNotContain("StreamReadConstraints");
    }

    @Test
    void aStrangersMegabytesAreNotQuoted() {
        assertThatThrownBy(() -> front(request("{\"training\":{\"steps\":\"%s\"}}".formatted("6".repeat(1_000_000)))))
                .isInstanceOf(JsonException.class)
                .extracting(Throwable::getMessage)
                .asString()
                .hasSizeLessThan(300);
        assertThatThrownBy(() -> front(request("{\"%s\":1}".formatted("z".repeat(40_000)))))
                .extracting(Throwable::getMessage)
                .asString()
                .hasSizeLessThan(500);
    }

    @Test
    void theLenientReaderSpeaksTheSameWay() {
        assertThatThrownBy(() -> Json.read(
                        "{\"runId\":\"anna-1\",\"accepted\":\"many\"}".getBytes(StandardCharsets.UTF_8),
                        DatasetAccepted.class))
                .hasMessage("DatasetAccepted cannot be read at accepted: wanted a whole number, got 'many'");
        assertThatThrownBy(() -> Json.read("{\"width\":1.5,\"height\":2}", Size.class))
                .hasMessage("Size cannot be read at width: wanted a whole number, got 1.5");
        assertThatThrownBy(() -> Json.read("7", Size.class)).hasMessage("Size cannot be read: wanted an object, got 7");
    }

    @Test
    void theRunIsKnownEvenWhereTheRestCannotBeRead() {
        assertThat(Json.runIdIn("{\"runId\":\"anna-1\",\"recipe\":7}".getBytes(StandardCharsets.UTF_8)))
                .contains(new RunId("anna-1"));
        assertThat(Json.runIdIn("{\"runId\":\"../x\"}".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(Json.runIdIn("{".getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
}
