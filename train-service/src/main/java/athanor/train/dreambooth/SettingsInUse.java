package athanor.train.dreambooth;

import athanor.contracts.Size;
import athanor.contracts.dataset.PreparedDataset;
import athanor.contracts.dataset.PreparedPicture;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.rest.EffectiveSettings;
import athanor.contracts.rest.EffectiveSettings.Setting;
import athanor.diffusion.program.LoraDropout;
import athanor.diffusion.training.FirstStep;
import athanor.diffusion.training.OptimiserKind;
import athanor.diffusion.training.PriorMode;
import athanor.diffusion.training.TrainedNumbers;
import athanor.diffusion.training.TrainingSettings;
import athanor.train.training.TrainedSizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Each key of the recipe with the value that was computed with, and what shows it. */
final class SettingsInUse {

    private final TookEffect took;
    private final List<EffectiveSettings.Caption> captions;
    private final Recipe recipe;
    private final TrainingSettings settings;
    private final FirstStep first;
    private final List<Setting> all = new ArrayList<>();

    SettingsInUse(TookEffect took, List<EffectiveSettings.Caption> captions) {
        this.took = took;
        this.captions = captions;
        this.recipe = took.event().recipe();
        this.settings = took.settings();
        this.first = took.first();
    }

    List<Setting> all() {
        subject();
        network();
        optimisation();
        objective();
        keeping();
        pictures();
        return List.copyOf(all);
    }

    private void add(String key, @Nullable Object value, String knownBy, Object... numbers) {
        all.add(new Setting(key, String.valueOf(value), knownBy.formatted(numbers)));
    }

    private void subject() {
        String trigger = recipe.subject().trigger();
        String noun = recipe.subject().classNoun();
        int instances = took.dataset().instances().size();
        add(
                "baseModel",
                took.base().name(),
                "%s, SHA-256 of its weights %s",
                took.base().family(),
                took.base().sha256OfWeights());
        add(
                "subject.trigger",
                trigger,
                "%d of %d captions of the subject hold it",
                captions.stream()
                        .limit(instances)
                        .filter(c -> c.caption().contains(trigger))
                        .count(),
                instances);
        add(
                "subject.classNoun",
                noun,
                "%d of %d captions hold it",
                captions.stream().filter(c -> c.caption().contains(noun)).count(),
                captions.size());
        add(
                "subject.kind",
                recipe.subject().kind(),
                "read by preprocess-service, which chose the parts and masks of pictures");
        add(
                "subject.promptedBy",
                recipe.subject().promptedBy(),
                "the captions of the subject are: %s",
                captions.stream()
                        .limit(instances)
                        .map(EffectiveSettings.Caption::caption)
                        .distinct()
                        .limit(3)
                        .collect(Collectors.joining(" | ")));
    }

    private void network() {
        TrainedNumbers trained = took.trainer().trainedNumbers();
        TrainingSettings.Adapter adapter = settings.adapter();
        LoraDropout dropout = adapter.dropout();
        add("network.rank", trained.ranks(), "rows of the %d factors in the program", trained.layers());
        add(
                "network.alpha",
                adapter.alpha(),
                "the program scales by alpha / rank = %s",
                adapter.alpha() / adapter.rank());
        add(
                "network.targets",
                adapter.targets(),
                "%d layers are adapted, %d of them convolutions",
                trained.layers(),
                trained.convolutions());
        add(
                "network.textEncoder",
                trained.numbers() > trained.unetNumbers(),
                "%d numbers of the text encoders are trained; their first gradient is %s long",
                trained.numbers() - trained.unetNumbers(),
                first.textGradient());
        add("network.dropout", dropout.neurons(), shown(FirstStep.Setting.LORA_DROPOUT));
        add("network.rankDropout", dropout.ranks(), shown(FirstStep.Setting.LORA_DROPOUT));
        add("network.moduleDropout", dropout.modules(), shown(FirstStep.Setting.LORA_DROPOUT));
    }

    private void optimisation() {
        TrainingSettings.Rate rate = settings.rate();
        add("training.steps", rate.steps(), "the trainer is done after them");
        add(
                "training.batchSize",
                settings.batchSize(),
                "step %d took %d pictures of the subject in %d passes",
                first.step(),
                first.instances(),
                first.passes());
        add("training.gradientAccumulation", first.passes(), "passes counted in step %d", first.step());
        OptimiserKind kind = settings.moving().kind();
        boolean told = kind == OptimiserKind.ADAMW;
        String found = "not used: %s finds the rate, step %d was taken at %s"
                .formatted(kind, first.step(), took.report().learningRate());
        add(
                "training.optimizer",
                kind,
                "step %d was taken at %s",
                first.step(),
                took.report().learningRate());
        add(
                "training.emaDecay",
                settings.moving().emaDecay(),
                settings.moving().emaDecay() > 0
                        ? "the running mean is saved; it began with the LoRA before its first step"
                        : "off: nothing of it is computed");
        add(
                "training.learningRate",
                rate.unet(),
                told
                        ? "step %d was taken at %s"
                                .formatted(first.step(), took.report().learningRate())
                        : found);
        String text = settings.adapter().textEncoders()
                ? "step %d was taken at a share of %s of it".formatted(first.step(), rate.factorAt(first.step()))
                : "not used: the text encoder is frozen";
        add("training.textEncoderLearningRate", rate.textEncoder(), told ? text : found);
        add(
                "training.schedule",
                rate.schedule(),
                kind == OptimiserKind.PRODIGY_SCHEDULE_FREE
                        ? "not used: this optimiser has none"
                        : "share of the rate after warm-up, at half and at the last step: %s, %s, %s"
                                .formatted(
                                        rate.factorAt(rate.warmUp() + 1),
                                        rate.factorAt((rate.steps() + 1) / 2),
                                        rate.factorAt(rate.steps())));
        add("training.warmupSteps", rate.warmUp(), "share of the rate at the first step: %s", rate.factorAt(1));
        double longest = settings.optimizer().maxGradNorm();
        double norm = Math.hypot(first.unetGradient(), first.textGradient());
        add(
                "training.maxGradNorm",
                longest >= DreamBoothTrainerFactory.NO_NORM ? 0 : longest,
                norm > longest
                        ? "the gradient of step %d was shortened from %s"
                        : "the gradient of step %d was %s long and stayed so",
                first.step(),
                norm);
        add("training.seed", settings.seed(), "all draws are a function of it");
    }

    private void objective() {
        TrainingSettings.Objective objective = settings.objective();
        boolean asAsked = LibraryNames.of(recipe.prior().mode()) == objective.prior();
        add(
                "prior.mode",
                asAsked ? recipe.prior().mode() : objective.prior(),
                "step %d took %d class pictures; %d heads stand against a whole picture",
                first.step(),
                first.classPictures(),
                took.dataset().pairs().size());
        add(
                "prior.headMasked",
                Boolean.TRUE.equals(recipe.prior().headMasked()),
                "%d of %d class pictures have a mask, which is in the loss",
                masked(took.dataset().classPictures()),
                took.dataset().classPictures().size());
        add("prior.consent", Boolean.TRUE.equals(recipe.prior().consent()), "asked for where prior.mode is TRANSPLANT");
        boolean blank = Boolean.TRUE.equals(recipe.prior().blankPrompt());
        add(
                "prior.blankPrompt",
                blank,
                objective.prior() == PriorMode.BASE_PREDICTION
                        ? "the base's answer to %s is held"
                        : "not used: prior.mode is %2$s",
                blank ? "the empty prompt" : "'%s'".formatted(recipe.subject().classPrompt()),
                objective.prior());
        add(
                "plainFineTuning",
                Boolean.TRUE.equals(recipe.plainFineTuning()),
                "asked for where prior.mode is OFF and the text encoder is trained");
        add("prior.weight", objective.priorWeight(), shown(FirstStep.Setting.PRIOR));
        add(
                "prior.classPictures",
                took.dataset().classPictures().size(),
                "class pictures in the data set; %d were asked for",
                recipe.prior().classPictures());
        add("training.minSnrGamma", objective.minSnrGamma(), shown(FirstStep.Setting.MIN_SNR));
        add("training.noiseOffset", objective.noiseOffset(), shown(FirstStep.Setting.NOISE_OFFSET));
        add("training.captionDropout", objective.captionDropout(), shown(FirstStep.Setting.CAPTION_DROPOUT));
        add("training.captionTagDropout", objective.captionTagDropout(), shown(FirstStep.Setting.CAPTION_DROPOUT));
        add("training.huber", objective.huber(), shown(FirstStep.Setting.HUBER));
        add(
                "training.zeroTerminalSnr",
                objective.zeroTerminalSnr(),
                "at the last timestep a share of %s of the picture is left",
                took.trainer().signalAtTheLastTimestep());
    }

    private void keeping() {
        Recipe.Training training = recipe.training();
        List<Integer> saved = new ArrayList<>();
        for (int step = training.checkpointEverySteps();
                step < training.steps();
                step += training.checkpointEverySteps()) {
            saved.add(step);
        }
        saved.add(training.steps());
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < saved.size(); i++) {
            if (i == saved.size() - 1 || training.keeps(saved.get(i), saved.size() - 1 - i)) {
                kept.add(saved.get(i));
            }
        }
        add("training.checkpointEverySteps", training.checkpointEverySteps(), "%d checkpoints are made", saved.size());
        add(
                "training.keepLastCheckpoints",
                training.keepLastCheckpoints(),
                "of %d checkpoints %d stay",
                saved.size(),
                kept.size());
        add(
                "training.keepCheckpointEverySteps",
                training.keepCheckpointEverySteps(),
                "of %d checkpoints %d stay",
                saved.size(),
                kept.size());
    }

    private void pictures() {
        add(
                "training.heldOutPictures",
                took.trainer().heldOut(),
                "of %d pictures of the subject, %s were to be held out",
                took.dataset().instances().size(),
                settings.heldOut());
        PreparedDataset dataset = took.dataset();
        Map<Size, Integer> sizes = TrainedSizes.count(dataset);
        add("training.area", dataset.plan().area(), "pictures by size: %s", sizes);
        int instances = dataset.instances().size();
        add("instances", recipe.instanceKind(), "preprocess-service gave %d pictures of the subject", instances);
        add(
                "mask",
                recipe.mask(),
                "%d of %d pictures of the subject have a mask, which is in the loss",
                masked(dataset.instances()),
                instances);
        add(
                "framing.outliers",
                recipe.outliers(),
                "preprocess-service gave %d pictures of the subject",
                dataset.instances().size());
        Recipe.Samples samples = recipe.samples();
        String drawn = "handed to sample-service with the LoRA";
        add("samples.prompts", String.join(" | ", samples.prompts()), drawn);
        add("samples.negativePrompt", samples.negativePrompt(), drawn);
        add("samples.picturesPerPrompt", samples.picturesPerPrompt(), drawn);
        add("samples.steps", samples.steps(), drawn);
        add("samples.guidance", samples.guidance(), drawn);
        add("samples.sampler", samples.sampler(), drawn);
        add("samples.strength", samples.strength(), drawn);
        add("samples.seed", samples.seed(), drawn);
        add("samples.size", samples.size(), drawn);
        add("proof", recipe.proofEffort(), drawn);
    }

    private static long masked(List<PreparedPicture> pictures) {
        return pictures.stream().filter(picture -> picture.mask() != null).count();
    }

    /** What leaving it out of the first step changed. */
    private String shown(FirstStep.Setting setting) {
        return first.effects().stream()
                .filter(effect -> effect.setting() == setting)
                .findFirst()
                .map(effect -> effect.pictures() == 0
                        ? "on, and by its draws it concerned no picture of step %d".formatted(first.step())
                        : "step %d: loss %s, otherwise %s%s"
                                .formatted(
                                        first.step(),
                                        first.loss(),
                                        effect.loss(),
                                        effect.gradient() == null
                                                ? ""
                                                : ", gradient %s apart".formatted(effect.gradient())))
                .orElse("off: nothing of it is computed");
    }
}
