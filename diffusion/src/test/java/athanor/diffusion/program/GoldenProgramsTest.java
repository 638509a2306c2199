package athanor.diffusion.program;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.runtime.DenoiserProgram;
import athanor.diffusion.training.LoraProgram;
import athanor.diffusion.training.LossKind;
import athanor.diffusion.training.Targets;
import athanor.diffusion.training.TrainingPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The text of emitted programs, character by character: what {@code docs/performance.md} says was measured with these. */
class GoldenProgramsTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden/programs.txt");

    /** A card's program is the same whatever the processor of this machine is good at. */
    private static final ComputeOptions ON_CARD = new ComputeOptions(Device.gpu(0), ComputeType.BFLOAT16);

    @Test
    void programsAreThoseThatWereMeasured() throws IOException {
        List<String> found = new ArrayList<>();
        for (String name : List.of("sd1", "sd2", "sdxl")) {
            try (BaseModel base = BaseModel.open(Path.of("src/test/resources/parity", name))) {
                found.add(digest(name + " rendering", rendering(base, true)));
                found.add(digest(name + " rendering, slow products", rendering(base, false)));
                for (boolean text : new boolean[] {false, true}) {
                    for (boolean recompute : new boolean[] {false, true}) {
                        String way = name
                                + (text ? " training with text encoders" : " training")
                                + (recompute ? ", recomputing" : "");
                        found.add(digest(way, training(base, text, recompute, LoraDropout.OFF)));
                        LoraDropout dropout = new LoraDropout(0.2, 0.1, 0.1);
                        found.add(digest(way + ", dropout", training(base, text, recompute, dropout)));
                    }
                }
            }
        }
        assertThat(found)
                .as("where the change of a program is meant and its speed measured, its new line goes to " + GOLDEN)
                .isEqualTo(Files.readAllLines(GOLDEN));
    }

    /** UNets for guidance on a CPU: plain, while weights are packed, with packed weights, and with a LoRA. */
    private static EmittedProgram rendering(BaseModel base, boolean productsAreFast) {
        DenoiserProgram denoiser = new DenoiserProgram(base.unetConfig(), base.textEncoderConfigs());
        EmittedProgram program = new EmittedProgram(ComputeType.FLOAT32, "cpu");
        program.computeFrozenLayersOtherwise(!productsAreFast);
        program.add(denoiser.guidedUNet(program, "plain", LoraPlan.NONE));
        program.packing(WeightPacking.PACK);
        program.add(denoiser.guidedUNet(program, "packing", LoraPlan.NONE));
        program.packing(WeightPacking.PACKED);
        program.add(denoiser.guidedUNet(program, "packed", LoraPlan.NONE));
        program.add(denoiser.guidedUNet(program, "adapted", LoraPlan.ofAnyRank(layer -> true)));
        program.weightMethod();
        return program;
    }

    private static EmittedProgram training(BaseModel base, boolean text, boolean recompute, LoraDropout dropout) {
        LoraPlan lora = new LoraPlan(Targets.WITH_CONVOLUTIONS.predicate(text), 4, 0.5, dropout);
        LossKind loss = dropout.isOff() ? LossKind.MEAN_SQUARED : LossKind.HUBER;
        TrainingPlan plan = new TrainingPlan(lora, text, loss, !dropout.isOff());
        return LoraProgram.emitted(base, plan, ON_CARD.withRecompute(recompute));
    }

    private static String digest(String name, EmittedProgram program) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(program.text().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8) + " " + name;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
