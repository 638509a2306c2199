package athanor.tinybase;

import athanor.tinybase.pretrain.Pretraining;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./athanor pretrain}: makes the tiny base from nothing. */
@Command(
        name = "pretrain",
        mixinStandardHelpOptions = true,
        description = {
            "Makes the tiny base from nothing: autoencoder, then UNet and text encoder, on drawings of the world.",
            "Can be stopped at any moment; started again with the same folders, it goes on."
        })
final class PretrainCommand implements Callable<Integer> {

    @Option(
            names = "--out",
            defaultValue = "athanor-pretrained/tiny",
            description = "the diffusers folder (${DEFAULT-VALUE})")
    private Path out = Path.of("athanor-pretrained/tiny");

    @Option(
            names = "--work",
            defaultValue = "athanor-pretrained/state",
            description = "where the state rests between two starts (${DEFAULT-VALUE})")
    private Path work = Path.of("athanor-pretrained/state");

    @Option(
            names = "--autoencoder-steps",
            defaultValue = "" + Pretraining.AUTOENCODER_STEPS,
            description = "of 8 pictures (${DEFAULT-VALUE}, as the shipped base)")
    private int autoencoderSteps;

    @Option(
            names = "--decoder-steps",
            defaultValue = "" + Pretraining.DECODER_STEPS,
            description = "of 8 pictures, for the decoder alone (${DEFAULT-VALUE}, as the shipped base)")
    private int decoderSteps;

    @Option(
            names = "--steps",
            defaultValue = "" + Pretraining.DENOISER_STEPS,
            description = "of 32 pictures, for UNet and text encoder (${DEFAULT-VALUE}, as the shipped base)")
    private int steps;

    @Option(
            names = "--face-steps",
            defaultValue = "" + Pretraining.FACE_STEPS,
            description = "of 32 pictures, for both, dwelling on faces (${DEFAULT-VALUE}, as the shipped base)")
    private int faceSteps;

    @Option(
            names = "--seed",
            defaultValue = "" + Pretraining.SEED,
            description = "of everything random (${DEFAULT-VALUE})")
    private long seed;

    @Override
    public Integer call() throws IOException {
        new Pretraining(out, work, autoencoderSteps, decoderSteps, steps, faceSteps, seed, PretrainCommand::say).run();
        say("the base is in " + out);
        return 0;
    }

    private static void say(String line) {
        System.out.println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + "  " + line);
    }
}
