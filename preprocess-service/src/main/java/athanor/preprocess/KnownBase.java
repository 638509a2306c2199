package athanor.preprocess;

import athanor.contracts.Size;
import athanor.contracts.recipe.PriorMode;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.WorkerSeen;
import athanor.diffusion.BaseModelException;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.model.BaseModelSearch;
import athanor.diffusion.model.BaseModels;
import athanor.diffusion.pipeline.RenderLimits;
import athanor.diffusion.sampler.SamplerName;
import athanor.diffusion.tokenizer.ClipTokenizer;
import athanor.diffusion.training.LeastMemory;
import athanor.diffusion.training.TrainingLimits;
import athanor.plan.BaseFamily;
import athanor.plan.BaseShape;
import athanor.preprocess.plan.CutCaption;
import athanor.preprocess.plan.TriggerScore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A base model as far as the preparation has to know it: how far its text encoders read, and what it can draw. Its weights stay
 * where they are. Where the bases lie on other machines, captions are measured with the vocabulary that nearly all of them share.
 */
final class KnownBase implements AutoCloseable {

    /** Of CLIP's text encoders. */
    private static final int POSITIONS = 77;
    /** A base repeats what it knows where a picture is much larger than those that it was made for. */
    private static final int TIMES_THE_NATIVE_SIDE = 4;

    private final @Nullable BaseModel base;
    private final List<ClipTokenizer> tokenizers = new ArrayList<>();

    private KnownBase(@Nullable BaseModel base) {
        this.base = base;
        if (base == null) {
            tokenizers.add(ClipTokenizer.builtIn(ClipTokenizer.END, POSITIONS));
        } else {
            for (int i = 0; i < base.textEncoderConfigs().size(); i++) {
                tokenizers.add(base.promptTokenizer(i));
            }
        }
    }

    /** @throws UnusableDatasetException when the base is here and cannot be read */
    static KnownBase find(BaseModels bases, String name) {
        if (!(bases.find(name) instanceof BaseModelSearch.Found found)) {
            return new KnownBase(null);
        }
        BaseModel base = null;
        try {
            base = BaseModel.open(found.path());
            return new KnownBase(base);
        } catch (BaseModelException e) {
            if (base != null) {
                base.close();
            }
            throw new UnusableDatasetException(
                    FailureReason.BASE_MODEL_UNREADABLE,
                    "base model '%s' cannot be used: %s".formatted(name, e.getMessage()),
                    e);
        }
    }

    /**
     * Asks before the training what would otherwise be found out behind it.
     *
     * @param trained the sizes at which the run trains
     * @throws UnusableDatasetException when the pictures that the recipe asks for cannot be drawn
     */
    void checkThatItDraws(Recipe.Samples samples, List<Size> trained) {
        if (base == null) {
            return;
        }
        trained.forEach(size -> checkThatItKnows(size, "pictures of training.area", base));
        Size size = samples.size() == null ? trained.get(0) : samples.size();
        checkThatItKnows(size, "test pictures of samples.size", base);
        try {
            RenderLimits.check(
                    base,
                    size.width(),
                    size.height(),
                    samples.steps(),
                    SamplerName.valueOf(samples.sampler().name()));
        } catch (IllegalArgumentException e) {
            throw new UnusableDatasetException(
                    FailureReason.BAD_RECIPE, "the test pictures cannot be drawn: " + e.getMessage(), e);
        }
    }

    /** @throws UnusableDatasetException when no worker could train the base like that */
    void checkThatItTrains(Recipe.Training training) {
        if (base == null) {
            return;
        }
        try {
            TrainingLimits.check(base, Boolean.TRUE.equals(training.zeroTerminalSnr()));
        } catch (IllegalArgumentException e) {
            throw new UnusableDatasetException(
                    FailureReason.BAD_RECIPE, "training.zeroTerminalSnr: " + e.getMessage(), e);
        }
    }

    private static void checkThatItKnows(Size size, String what, BaseModel base) {
        int most = TIMES_THE_NATIVE_SIDE * base.nativeSide();
        if (Math.max(size.width(), size.height()) > most) {
            throw new UnusableDatasetException(
                    FailureReason.BAD_RECIPE,
                    "%s, %s, are more than the base can draw: it was made for %dx%d, wanted at most %d pixels a side"
                            .formatted(what, size, base.nativeSide(), base.nativeSide(), most),
                    null);
        }
    }

    /**
     * What a training step certainly keeps in memory; nothing is known of a base that is not here.
     *
     * @param sizes at which the run trains
     * @return bytes
     */
    long leastMemory(Recipe recipe, Collection<Size> sizes, WorkerSeen.Memory worker) {
        if (base == null) {
            return 0;
        }
        long ofAPicture = sizes.stream()
                .mapToLong(size -> LeastMemory.ofAPicture(
                        base, worker.bytesPerNumber(), worker.recomputes(), size.width(), size.height()))
                .max()
                .orElse(0);
        // Beside each instance picture the prior puts another one, of the same sizes.
        int halves = recipe.prior().mode() == PriorMode.OFF ? 1 : 2;
        return halves * recipe.training().batchSize() * ofAPicture;
    }

    /** Nobody counted what bases of other shapes take; nothing is known of a base that is not here. */
    Optional<BaseFamily> family() {
        return Optional.ofNullable(base)
                .map(BaseModel::unetConfig)
                .flatMap(unet -> BaseShape.family(
                        unet.blockOutChannels(), unet.crossAttentionDim().get(0)));
    }

    /** Of a word that is to call a subject; text encoders of one base share a vocabulary. */
    TriggerScore score(String word, String classNoun) {
        return TriggerScore.of(word, classNoun, tokens(word), knownTokens());
    }

    long[] tokens(String words) {
        return tokenizers.get(0).tokens(words);
    }

    /** How many there are. */
    long knownTokens() {
        return tokenizers.get(0).knownIds();
    }

    /** Tokens that a caption may have. */
    int room() {
        return tokenizers.get(0).length() - 2;
    }

    /** What of a caption is not read by every text encoder. */
    Optional<CutCaption> cut(String caption) {
        for (ClipTokenizer tokenizer : tokenizers) {
            String unread = tokenizer.unread(caption);
            if (!unread.isEmpty()) {
                return Optional.of(new CutCaption(tokenizer.tokenCount(caption), tokenizer.length() - 2, unread));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        if (base == null) {
            tokenizers.forEach(ClipTokenizer::close);
        } else {
            base.close();
        }
    }
}
