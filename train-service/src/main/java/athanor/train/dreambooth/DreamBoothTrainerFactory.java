package athanor.train.dreambooth;

import athanor.contracts.dataset.PreparedDataset;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.recipe.PriorMode;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.FailureReason;
import athanor.diffusion.BaseModelException;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.model.BaseModelSearch;
import athanor.diffusion.model.BaseModels;
import athanor.diffusion.program.LoraDropout;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.safetensors.SafetensorsException;
import athanor.diffusion.training.AdamW;
import athanor.diffusion.training.DreamBoothTrainer;
import athanor.diffusion.training.Example;
import athanor.diffusion.training.TrainerState;
import athanor.diffusion.training.TrainingSettings;
import athanor.store.ObjectStore;
import athanor.train.training.LoraTraining;
import athanor.train.training.PermanentFailureException;
import athanor.train.training.TrainerFactory;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens trainings on the base models of this machine. */
public final class DreamBoothTrainerFactory implements TrainerFactory {

    static final double NO_NORM = 1e30;

    private final BaseModels baseModels;
    private final PreparedPictures pictures;
    private final ComputeOptions compute;

    public DreamBoothTrainerFactory(BaseModels baseModels, ObjectStore store, ComputeOptions compute) {
        this.baseModels = baseModels;
        this.pictures = new PreparedPictures(store);
        this.compute = compute;
    }

    @Override
    public LoraTraining open(
            DatasetPrepared event, PreparedDataset dataset, @Nullable Path resumeFrom, Runnable alive) {
        Recipe recipe = event.recipe();
        List<Example> instances = pictures.read(dataset.instances());
        List<Example> classPictures = priorPictures(recipe, dataset, instances);
        TrainerState state = resumeFrom == null ? null : read(resumeFrom);
        BaseModel base = open(recipe.baseModel());
        try {
            TrainingSettings settings = settings(recipe);
            DreamBoothTrainer trainer = DreamBoothTrainer.open(base, settings, instances, classPictures, state, alive);
            return new DreamBoothTraining(base, trainer, settings, event, dataset);
        } catch (IllegalArgumentException e) {
            // What the recipe asks for does not fit the base or the pictures, on any worker: the sentence says which.
            base.close();
            throw new PermanentFailureException(
                    FailureReason.BAD_RECIPE, String.valueOf(e.getMessage()), FailureReason.BAD_RECIPE.remedy());
        } catch (RuntimeException | Error e) {
            base.close();
            throw e;
        }
    }

    /**
     * Where the base's own answers are the target any picture will do, as it is not the picture that is learnt: the instances
     * themselves, called what the base would call them, or nothing.
     */
    private List<Example> priorPictures(Recipe recipe, PreparedDataset dataset, List<Example> instances) {
        List<Example> given = pictures.read(dataset.classPictures());
        if (recipe.prior().mode() != PriorMode.BASE_PREDICTION) {
            return given;
        }
        boolean blank = Boolean.TRUE.equals(recipe.prior().blankPrompt());
        if (!given.isEmpty()) {
            return blank ? captioned(given, "") : given;
        }
        return captioned(instances, blank ? "" : recipe.subject().classPrompt());
    }

    private static List<Example> captioned(List<Example> examples, String caption) {
        return examples.stream().map(example -> example.captioned(caption)).toList();
    }

    private BaseModel open(String name) {
        BaseModelSearch search = baseModels.find(name);
        if (search instanceof BaseModelSearch.Unknown unknown) {
            throw new PermanentFailureException(FailureReason.UNKNOWN_BASE_MODEL, unknown.evidence(), unknown.remedy());
        }
        try {
            return BaseModel.open(((BaseModelSearch.Found) search).path());
        } catch (BaseModelException e) {
            throw new PermanentFailureException(
                    FailureReason.BASE_MODEL_UNREADABLE,
                    "base model '%s' cannot be used: %s".formatted(name, e.getMessage()),
                    FailureReason.BASE_MODEL_UNREADABLE.remedy());
        }
    }

    private static TrainerState read(Path state) {
        try {
            return TrainerState.read(state);
        } catch (SafetensorsException e) {
            throw new PermanentFailureException(
                    FailureReason.OBJECT_MISSING_OR_DAMAGED,
                    "the last checkpoint cannot be read: " + e.getMessage(),
                    FailureReason.OBJECT_MISSING_OR_DAMAGED.remedy());
        }
    }

    /** The library always clips; a norm no gradient reaches is none. */
    private static AdamW optimizer(double maxGradNorm) {
        AdamW usual = AdamW.DEFAULT;
        return new AdamW(
                usual.beta1(),
                usual.beta2(),
                usual.epsilon(),
                usual.weightDecay(),
                maxGradNorm > 0 ? maxGradNorm : NO_NORM);
    }

    /** The user's recipe in the library's words. */
    private TrainingSettings settings(Recipe recipe) {
        Recipe.Training training = recipe.training();
        Recipe.Network network = recipe.network();
        return new TrainingSettings(
                new TrainingSettings.Adapter(
                        network.rank(),
                        network.alpha(),
                        LibraryNames.of(network.targets()),
                        network.textEncoder(),
                        new LoraDropout(
                                Recipe.orNone(network.dropout()),
                                Recipe.orNone(network.rankDropout()),
                                Recipe.orNone(network.moduleDropout()))),
                new TrainingSettings.Rate(
                        training.learningRate(),
                        training.textEncoderLearningRate(),
                        training.steps(),
                        training.warmupSteps(),
                        LibraryNames.of(training.schedule())),
                new TrainingSettings.Objective(
                        LibraryNames.of(recipe.prior().mode()),
                        recipe.prior().weight(),
                        training.minSnrGamma(),
                        training.noiseOffset(),
                        training.captionDropout(),
                        Recipe.orNone(training.captionTagDropout()),
                        List.of(recipe.subject().trigger()),
                        Boolean.TRUE.equals(training.zeroTerminalSnr()),
                        Recipe.orNone(training.huber())),
                optimizer(training.maxGradNorm()),
                training.batchSize(),
                training.gradientAccumulation(),
                training.seed(),
                compute,
                training.heldOutPictures() == null ? 0 : training.heldOutPictures(),
                new TrainingSettings.Moving(LibraryNames.of(training.optimizer()), Recipe.orNone(training.emaDecay())));
    }
}
