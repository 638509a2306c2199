package athanor.contracts.recipe;

import athanor.contracts.Size;
import java.util.Arrays;
import java.util.List;

/**
 * Where a recipe starts from. The tiny base that ships with the project is another animal than a real Stable
 * Diffusion: it has four transformer blocks, all at an eighth of its pictures' width, so faces need the convolutions too, a
 * larger learning rate, the text encoder, and few steps. Prior preservation keeps the class although the text encoder is
 * trained.
 */
final class RecipeDefaults {

    /** Name of the base model that ships with the project. */
    static final String TINY = "tiny";

    /** What an 8 GB card trains of SD 1.5. */
    static final Size COMMON_AREA = new Size(512, 768);

    private static final int COMMON_SIDE = 512;

    private RecipeDefaults() {}

    /** @param nativeSide pixels of the square that a base was made for; portraits of SD 1.x are trained beyond it */
    static Size area(int nativeSide) {
        return nativeSide == COMMON_SIDE ? COMMON_AREA : new Size(nativeSide, nativeSide);
    }

    static Recipe of(String baseModel, String classNoun) {
        boolean tiny = baseModel.equals(TINY);
        return new Recipe(
                baseModel,
                new Recipe.Subject("sks", classNoun, PromptedBy.TOKEN),
                new Recipe.Prior(PriorMode.CLASS_PICTURES, 1, tiny ? 32 : 100),
                tiny
                        ? new Recipe.Network(8, 8, Targets.WITH_CONVOLUTIONS, true)
                        : new Recipe.Network(16, 16, Targets.ATTENTION_AND_FEED_FORWARD, false),
                tiny ? tinyTraining() : training(),
                samples(tiny),
                ProofEffort.QUICK,
                Recipe.FramingChoice.DEFAULT,
                null,
                null,
                null);
    }

    static Recipe of(String baseModel, String classNoun, String kind, String promptedBy) {
        Recipe usual = of(baseModel, classNoun);
        boolean said = false;
        if (Arrays.stream(SubjectKind.values()).anyMatch(known -> known.name().equals(kind))) {
            usual = usual.with("subject.kind", kind);
            said = true;
        }
        if (Arrays.stream(PromptedBy.values()).anyMatch(known -> known.name().equals(promptedBy))) {
            usual = usual.with("subject.promptedBy", promptedBy);
            said = true;
        }
        return said ? chosenFor(usual) : usual;
    }

    /**
     * As measured in docs/quality.md: whole pictures beside class pictures where a token calls the subject; where the class word
     * does, a person's heads against the pictures that they were cut from.
     */
    static Recipe chosenFor(Recipe recipe) {
        SubjectKind kind = recipe.subject().kind();
        boolean person = kind == null || kind == SubjectKind.PERSON;
        boolean byClassWord = recipe.subject().promptedBy() == PromptedBy.CLASS_WORD;
        PriorMode prior = person && byClassWord ? PriorMode.WHOLE_PICTURES : PriorMode.CLASS_PICTURES;
        return recipe.with("instances", "").with("prior.mode", prior.name());
    }

    private static Recipe.Training tinyTraining() {
        return new Recipe.Training(
                300,
                4,
                5e-3,
                5e-3,
                LearningRateSchedule.COSINE,
                10,
                0,
                0,
                0,
                1,
                1,
                100,
                42,
                new Size(64, 64),
                0.5,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static Recipe.Training training() {
        return new Recipe.Training(
                1000,
                1,
                1e-4,
                5e-5,
                LearningRateSchedule.COSINE,
                50,
                5,
                0,
                0,
                1,
                1,
                250,
                42,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static Recipe.Samples samples(boolean tiny) {
        List<String> prompts = List.of("{instance}", "{instance}, full body", "{class}");
        return new Recipe.Samples(
                prompts, null, 4, tiny ? 20 : 25, tiny ? 3 : 7, SamplerName.DPMPP_2M_KARRAS, 1, 1000, null);
    }
}
