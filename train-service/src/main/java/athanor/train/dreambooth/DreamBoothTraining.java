package athanor.train.dreambooth;

import athanor.contracts.dataset.PreparedDataset;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.run.FailureReason;
import athanor.diffusion.lora.elsewhere.LoraCheck;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.safetensors.Dtype;
import athanor.diffusion.safetensors.SafetensorsWriter;
import athanor.diffusion.training.DreamBoothTrainer;
import athanor.diffusion.training.StepReport;
import athanor.store.Content;
import athanor.train.training.LoraTraining;
import athanor.train.training.PermanentFailureException;
import java.io.InputStream;
import java.time.Instant;

/** A DreamBooth training of the library with the base it stands on. */
final class DreamBoothTraining implements LoraTraining {

    private final BaseModel base;
    private final DreamBoothTrainer trainer;
    private final DatasetPrepared event;
    private final PreparedDataset dataset;
    private final Instant start = Instant.now();

    DreamBoothTraining(BaseModel base, DreamBoothTrainer trainer, DatasetPrepared event, PreparedDataset dataset) {
        this.base = base;
        this.trainer = trainer;
        this.event = event;
        this.dataset = dataset;
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
        return new Step(report.step(), report.instanceLoss(), report.priorLoss(), report.learningRate());
    }

    /** Half precision: what users of LoRAs expect, and half the size. */
    @Override
    public byte[] lora() {
        return trainer.lora(TrainingMetadata.of(base, event, dataset, stepsDone(), start, Instant.now()))
                .toBytes(Dtype.F16);
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
