package athanor.train.dreambooth;

import athanor.contracts.dataset.PreparedDataset;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.rest.EffectiveSettings;
import athanor.contracts.run.FailureReason;
import athanor.diffusion.lora.elsewhere.LoraCheck;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.safetensors.Dtype;
import athanor.diffusion.safetensors.SafetensorsWriter;
import athanor.diffusion.training.DreamBoothTrainer;
import athanor.diffusion.training.FirstStep;
import athanor.diffusion.training.StepReport;
import athanor.diffusion.training.TrainingSettings;
import athanor.store.Content;
import athanor.train.training.LoraTraining;
import athanor.train.training.PermanentFailureException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A DreamBooth training of the library with the base it stands on. */
final class DreamBoothTraining implements LoraTraining {

    private final BaseModel base;
    private final DreamBoothTrainer trainer;
    private final TrainingSettings settings;
    private final DatasetPrepared event;
    private final PreparedDataset dataset;
    private final LossBands bands;
    private final Instant start = Instant.now();

    /** Null before the first step here. */
    private @Nullable TookEffect tookEffect;

    DreamBoothTraining(
            BaseModel base,
            DreamBoothTrainer trainer,
            TrainingSettings settings,
            DatasetPrepared event,
            PreparedDataset dataset) {
        this.base = base;
        this.trainer = trainer;
        this.settings = settings;
        this.event = event;
        this.dataset = dataset;
        this.bands = new LossBands(trainer.timesteps());
    }

    @Override
    public int stepsDone() {
        return trainer.stepsDone();
    }

    @Override
    public boolean done() {
        return trainer.done();
    }

    @Override
    public Step step() {
        StepReport report = trainer.step();
        FirstStep first = trainer.firstStep();
        if (tookEffect == null && first != null) {
            tookEffect = new TookEffect(base, event, dataset, settings, trainer, first, report);
        }
        return new Step(
                report.step(),
                report.instanceLoss(),
                report.priorLoss(),
                report.learningRate(),
                bands.of(report.pictures()));
    }

    @Override
    public Optional<Measured> measure() {
        return Optional.of(new Measured(
                LoraCheck.changeByBlock(trainer.lora(Map.of()).layers(), base), bands.of(trainer.validate())));
    }

    /** Half precision: what users of LoRAs expect, and half the size. */
    @Override
    public byte[] lora() {
        return trainer.lora(TrainingMetadata.of(base, event, trained(), tookEffect, stepsDone(), start, Instant.now()))
                .toBytes(Dtype.F16);
    }

    /** Without what is held out. */
    private PreparedDataset trained() {
        return dataset.withInstances(
                trainer.trained().stream().map(dataset.instances()::get).toList());
    }

    @Override
    public byte[] publishableLora() {
        byte[] lora = lora();
        LoraCheck check = LoraCheck.of(lora, base);
        if (!check.faults().isEmpty()) {
            throw failure(FailureReason.LORA_NOT_USABLE, String.join("; ", check.faults()));
        }
        if (check.change() == 0) {
            throw failure(
                    FailureReason.NOTHING_LEARNT,
                    "all B at zero: after %d steps the LoRA changes nothing of what the base draws"
                            .formatted(stepsDone()));
        }
        return lora;
    }

    @Override
    public Optional<EffectiveSettings> effective(int attempt, String worker) {
        return Optional.ofNullable(tookEffect).map(took -> took.inAttempt(attempt, worker, Instant.now()));
    }

    private static PermanentFailureException failure(FailureReason reason, String evidence) {
        return new PermanentFailureException(reason, evidence, reason.remedy());
    }

    @Override
    public Content state() {
        SafetensorsWriter file = trainer.state().file();
        return new Content() {
            @Override
            public long bytes() {
                return file.length();
            }

            @Override
            public InputStream open() {
                return file.open();
            }
        };
    }

    @Override
    public void close() {
        trainer.close();
        base.close();
    }
}
