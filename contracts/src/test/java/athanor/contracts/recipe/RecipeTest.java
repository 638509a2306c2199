package athanor.contracts.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import athanor.contracts.Size;
import athanor.contracts.json.Json;
import athanor.contracts.json.JsonException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {

    private final Recipe recipe = Recipe.defaults("tiny", "woman");

    @Test
    void oneValueIsChangedByItsKey() {
        assertThat(recipe.with("training.steps", "7").training().steps()).isEqualTo(7);
        assertThat(recipe.with("baseModel", "sd15").baseModel()).isEqualTo("sd15");
        assertThat(recipe.with("prior.mode", "base-prediction").prior().mode()).isEqualTo(PriorMode.BASE_PREDICTION);
        assertThat(recipe.with("training.area", "512x768").training().area()).isEqualTo(new Size(512, 768));
        assertThat(recipe.with("network.textEncoder", "true").network().textEncoder())
                .isTrue();
        assertThat(recipe.with("samples.prompts", "a | b").samples().prompts()).containsExactly("a", "b");
        assertThat(recipe.with("samples.size", "64x64")
                        .with("samples.size", "")
                        .samples()
                        .size())
                .isNull();
    }

    @Test
    void whatMayBeAbsentIsAbsentUntilItIsSet() {
        assertThat(recipe.network().dropout()).isNull();
        assertThat(recipe.training().zeroTerminalSnr()).isNull();
        Recipe with = recipe.with("network.dropout", "0.25")
                .with("network.moduleDropout", "0.1")
                .with("training.huber", "0.1")
                .with("training.zeroTerminalSnr", "true");
        assertThat(with.network().dropout()).isEqualTo(0.25);
        assertThat(with.training().zeroTerminalSnr()).isTrue();
        assertThat(Json.read(Json.write(with), Recipe.class)).isEqualTo(with);
        assertThat(with.with("network.dropout", "")
                        .with("network.moduleDropout", "")
                        .with("training.huber", "")
                        .with("training.zeroTerminalSnr", ""))
                .isEqualTo(recipe);
    }

    @Test
    void whatIsLearntAndWhatHoldsTheClassFollowTheSubjectAndItsPrompts() {
        Recipe byClassWord = recipe.with("subject.promptedBy", "class-word");

        assertThat(recipe.withChoicesForSubject()).isEqualTo(recipe);
        assertThat(byClassWord.withChoicesForSubject().prior().mode()).isEqualTo(PriorMode.WHOLE_PICTURES);
        assertThat(byClassWord.withChoicesForSubject().instanceKind()).isEqualTo(Instances.HEADS);
        assertThat(byClassWord
                        .with("subject.kind", "object")
                        .withChoicesForSubject()
                        .prior()
                        .mode())
                .isEqualTo(PriorMode.CLASS_PICTURES);
        assertThat(recipe.instanceKind()).isEqualTo(Instances.WHOLES);
    }

    @Test
    void everyCheckpointIsKeptUntilTheRecipeSaysOtherwise() {
        assertThat(keptOf(recipe)).containsExactly(100, 200, 300, 400, 500, 600);
        assertThat(keptOf(recipe.with("training.keepLastCheckpoints", "2"))).containsExactly(500, 600);
        assertThat(keptOf(recipe.with("training.keepCheckpointEverySteps", "200")))
                .containsExactly(200, 400, 600);
        assertThat(keptOf(recipe.with("training.keepCheckpointEverySteps", "400")))
                .as("the newest one stays, because the training goes on from there")
                .containsExactly(400, 600);
        assertThat(keptOf(recipe.with("training.keepLastCheckpoints", "2")
                        .with("training.keepCheckpointEverySteps", "300")))
                .containsExactly(300, 500, 600);
    }

    /** Of a checkpoint after every hundred steps. */
    private static List<Integer> keptOf(Recipe recipe) {
        return IntStream.rangeClosed(1, 6)
                .filter(number -> recipe.training().keeps(100 * number, 6 - number))
                .mapToObj(number -> 100 * number)
                .toList();
    }

    @Test
    void aRuleThatMeetsNoCheckpointIsRefused() {
        assertThatThrownBy(() -> recipe.with("training.keepCheckpointEverySteps", "150"))
                .hasMessage("training.keepCheckpointEverySteps 150 never meets a checkpoint that"
                        + " training.checkpointEverySteps 100 makes; wanted a multiple of it");
        assertThatThrownBy(() -> recipe.with("training.keepLastCheckpoints", "0"))
                .hasMessageContaining("training.keepLastCheckpoints");
        assertThatThrownBy(() -> recipe.with("training.keepLastCheckpoints", "few"))
                .hasMessageStartingWith("training.keepLastCheckpoints must be a whole number up to 2147483647");
    }

    @Test
    void changingOneValueLeavesTheOthersAlone() {
        assertThat(recipe.with("training.steps", "7").with("training.steps", "300"))
                .isEqualTo(recipe);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "training.stepz; 7; a recipe has no value 'training.stepz', the nearest is 'training.steps'; 'training' has: steps",
                "trainning.steps; 7; it has: baseModel, subject",
                "training; 7; a recipe has no value 'training'",
                "training.steps.more; 7; a recipe has no value 'training.steps.more'",
                "training.steps; many; training.steps must be a whole number up to 2147483647, got 'many'",
                "training.seed; 1.5; training.seed must be a whole number from -9223372036854775808 to 9223372036854775807, got '1.5'",
                "samples.seed; 9223372036854775808; samples.seed must be a whole number from",
                "network.alpha; 100000; network.alpha 100000.0 at network.rank 8 makes the LoRA count 12500.0 times",
                "network.rankDropout; 1; network.rankDropout must be between 0.0 and 0.95, got 1.0",
                "training.steps; 0; training.steps must be at least 1, got 0",
                "prior.mode; sometimes; prior.mode must be one of [CLASS_PICTURES, WHOLE_PICTURES, TRANSPLANT, BASE_PREDICTION, OFF], got 'sometimes'",
                "training.learningRate; NaN; training.learningRate must be between 0.0 and 10.0, got NaN",
                "training.area; big; a size is written as 512x768, got 'big'"
            })
    void whatDoesNotFitIsRefusedWithASentence(String key, String value, String sentence) {
        assertThatThrownBy(() -> recipe.with(key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "prior.classPictures, 100000000",
        "network.rank, 1000000",
        "training.steps, 2147483647",
        "training.batchSize, 1000000",
        "training.warmupSteps, 2147483647",
        "training.gradientAccumulation, 1000000",
        "training.checkpointEverySteps, 2147483647",
        "samples.picturesPerPrompt, 2147483647",
        "samples.steps, 100000",
    })
    void whatNoMachineCanDoIsRefusedWithTheMost(String key, String value) {
        assertThatThrownBy(() -> recipe.with(key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + " must be at most ")
                .hasMessageEndingWith(", got " + value);
    }

    /** A key that is added without a bound is found here. */
    @Test
    void everyNumberOfARecipeHasAMost() {
        for (RecordComponent part : Recipe.class.getRecordComponents()) {
            if (part.getType().isRecord()) {
                for (RecordComponent value : part.getType().getRecordComponents()) {
                    if (value.getType() == int.class) {
                        String key = part.getName() + "." + value.getName();
                        assertThatThrownBy(() -> recipe.with(key, Integer.toString(Integer.MAX_VALUE)))
                                .as(key)
                                .isInstanceOf(IllegalArgumentException.class)
                                .hasMessageContaining(key);
                    }
                    if (value.getType() == double.class || value.getType() == Double.class) {
                        String key = part.getName() + "." + value.getName();
                        assertThatThrownBy(() -> recipe.with(key, "1e300"))
                                .as(key)
                                .isInstanceOf(IllegalArgumentException.class)
                                .hasMessageContaining(key);
                    }
                    if (value.getType() == Size.class) {
                        String key = part.getName() + "." + value.getName();
                        assertThatThrownBy(() -> recipe.with(key, "100000x100000"))
                                .as(key)
                                .isInstanceOf(IllegalArgumentException.class)
                                .hasMessageContaining(key + " 100000x100000 is too large");
                    }
                }
            }
        }
    }

    @Test
    void textsAndListsHaveAMostToo() {
        assertThatThrownBy(() -> recipe.with("subject.trigger", "x".repeat(1_000_000)))
                .hasMessage("subject.trigger has 1000000 characters, at most 200 can be used");
        assertThatThrownBy(() -> recipe.with("samples.prompts", "a|".repeat(101)))
                .hasMessage("the number of samples.prompts must be at most 100, got 101");
        assertThatThrownBy(() -> recipe.with("samples.prompts", "x".repeat(4_001)))
                .hasMessage("a prompt of samples.prompts has 4001 characters, at most 4000 can be used");
        assertThatThrownBy(
                        () -> recipe.with("samples.prompts", "a|".repeat(50)).with("samples.picturesPerPrompt", "21"))
                .hasMessageContaining("are 1050 pictures, at most 1000 are drawn");
        assertThatThrownBy(
                        () -> recipe.with("training.checkpointEverySteps", "1").with("training.steps", "5000"))
                .hasMessageContaining("makes 5000 checkpoints, at most 2000 are kept");
    }

    @Test
    void theStepsOfAllPicturesHaveAMost() {
        assertThatThrownBy(() -> recipe.with("samples.picturesPerPrompt", "300").with("samples.steps", "250"))
                .hasMessage(
                        "900 test pictures with samples.steps 250 are 225000 steps, at most 200000 are made; ask for fewer"
                                + " pictures or fewer steps");
        assertThatThrownBy(() -> recipe.with("prior.classPictures", "3000").with("samples.steps", "100"))
                .hasMessageStartingWith("3000 prior.classPictures with samples.steps 100 are 300000 steps");
        assertThat(recipe.with("prior.mode", "OFF")
                        .with("prior.classPictures", "3000")
                        .with("samples.steps", "100"))
                .isNotNull();
    }

    @Test
    void theAreaComesFromTheBaseUnlessItIsNamed() {
        Recipe recipe = Recipe.defaults("xl", "woman");

        assertThat(recipe.withAreaFor(1024).training().area()).isEqualTo(new Size(1024, 1024));
        assertThat(recipe.withAreaFor(768).training().area()).isEqualTo(new Size(768, 768));
        assertThat(recipe.withAreaFor(512).training().area()).isEqualTo(new Size(512, 768));
        assertThat(recipe.with("training.area", "640x640")
                        .withAreaFor(1024)
                        .training()
                        .area())
                .isEqualTo(new Size(640, 640));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "1e3", "9223372036854775808", "\"x\""})
    void aSeedThatDoesNotFitIsRefusedInJsonToo(String seed) {
        assertThatThrownBy(() -> Json.merge(recipe, "{\"samples\": {\"seed\": %s}}".formatted(seed)))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("samples.seed");
    }

    @Test
    void aSeedOfManyBitsStaysAsItIs() {
        long seed = Long.MAX_VALUE;
        assertThat(Json.merge(recipe, "{\"samples\": {\"seed\": %d}}".formatted(seed))
                        .samples()
                        .seed())
                .isEqualTo(seed);
    }

    @Test
    void thePromptsNameTheSubject() {
        assertThat(recipe.with("subject.trigger", "ohwx").samplePrompts())
                .containsExactly("a photo of a ohwx woman", "a photo of a ohwx woman, full body", "a photo of a woman");
    }

    @Test
    void everyBaseHasDefaultsThatFitTogether() {
        assertThat(Recipe.defaults("sd15", "man").training().bucketArea()).isEqualTo(new Size(512, 768));
        assertThat(Recipe.defaults("tiny", "man").training().area()).isEqualTo(new Size(64, 64));
    }

    @ParameterizedTest
    @ValueSource(strings = {"100x150", "512x767", "7x8"})
    void aSizeThatNoBaseDrawsIsRefusedBeforeAnythingIsDone(String size) {
        assertThatThrownBy(() -> Recipe.defaults("tiny", "woman").with("samples.size", size))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("samples.size %s cannot be drawn by any base: both sides must be multiples of 8", size);
    }
}
