package athanor.train.dreambooth;

import athanor.contracts.dataset.PreparedDataset;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.rest.EffectiveSettings;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.program.TorchEngine;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.training.DreamBoothTrainer;
import athanor.diffusion.training.FirstStep;
import athanor.diffusion.training.StepReport;
import athanor.diffusion.training.TrainedNumbers;
import athanor.diffusion.training.TrainingSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What took effect in a training, from what it computes with and from what its first step came to. */
record TookEffect(
        BaseModel base,
        DatasetPrepared event,
        PreparedDataset dataset,
        TrainingSettings settings,
        DreamBoothTrainer trainer,
        FirstStep first,
        StepReport report) {

    EffectiveSettings inAttempt(int attempt, String worker, Instant at) {
        CaptionsInUse captions = new CaptionsInUse(base);
        List<EffectiveSettings.Caption> read = new ArrayList<>(captions.of(dataset.instances()));
        read.addAll(captions.of(dataset.classPictures()));
        return new EffectiveSettings(
                event.runId(),
                attempt,
                worker,
                settings.compute().torchDevice(),
                at,
                new SettingsInUse(this, read).all(),
                parts(settings, trainer.trainedNumbers()),
                first.effects().stream().map(this::effect).toList(),
                read,
                versions());
    }

    /** What fits into the metadata of the LoRA: the values, without what shows them. */
    Map<String, Object> inShort() {
        Map<String, String> values = new TreeMap<>();
        new SettingsInUse(this, List.of()).all().forEach(setting -> values.put(setting.key(), setting.value()));
        return Map.of(
                "settings", values,
                "parts", parts(settings, trainer.trainedNumbers()),
                "device", settings.compute().torchDevice(),
                "versions", versions());
    }

    private EffectiveSettings.Effect effect(FirstStep.Effect effect) {
        double gradient = effect.gradient() == null ? 0 : effect.gradient();
        return new EffectiveSettings.Effect(
                effect.setting().name(),
                effect.loss() != first.loss() || gradient > 0,
                first.loss(),
                effect.loss(),
                effect.gradient(),
                effect.pictures());
    }

    /** The autoencoder always computes in float32, see {@link ComputeOptions}. */
    static List<EffectiveSettings.Part> parts(TrainingSettings settings, TrainedNumbers trained) {
        String type = settings.compute().type().name().toLowerCase(Locale.ROOT);
        long text = trained.numbers() - trained.unetNumbers();
        List<EffectiveSettings.Part> parts = new ArrayList<>();
        parts.add(new EffectiveSettings.Part("unet", type, 0));
        parts.add(new EffectiveSettings.Part("text encoder", type, 0));
        parts.add(new EffectiveSettings.Part("autoencoder", "float32", 0));
        parts.add(new EffectiveSettings.Part("lora of the unet", trained.type(), trained.unetNumbers()));
        if (text > 0) {
            parts.add(new EffectiveSettings.Part("lora of the text encoder", trained.type(), text));
        }
        return parts;
    }

    static Map<String, String> versions() {
        Map<String, String> versions = new TreeMap<>();
        versions.put("athanor", version(TookEffect.class));
        versions.putAll(TorchEngine.versions());
        versions.put("java", Runtime.version().toString());
        versions.put("os", "%s %s".formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
        return versions;
    }

    private static String version(Class<?> of) {
        return Optional.ofNullable(of.getPackage().getImplementationVersion()).orElse("built from source");
    }
}
