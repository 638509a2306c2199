package athanor.diffusion.runtime;

import athanor.diffusion.program.Definition;
import athanor.diffusion.program.EmittedProgram;
import athanor.diffusion.program.Expression;
import athanor.diffusion.program.LoraPlan;
import athanor.diffusion.program.Method;
import athanor.diffusion.program.PackingSupport;
import athanor.diffusion.program.Signature;
import athanor.diffusion.program.Torch;
import athanor.diffusion.program.WeightPacking;
import java.util.ArrayList;
import java.util.List;

/** The program of a {@link DiffusionModel}: each network plain and with a detour at every layer, and what Java calls of them. */
final class RenderingProgram {

    private RenderingProgram() {}

    static EmittedProgram emit(DenoiserProgram denoiser, ComputeOptions options) {
        EmittedProgram program = new EmittedProgram(options.type(), options.torchDevice());
        program.computeFrozenLayersOtherwise();
        LoraPlan everyLayer = LoraPlan.ofAnyRank(layer -> true);
        program.add(denoiser.text(program, "text_plain", LoraPlan.NONE));
        program.add(denoiser.text(program, "text_adapted", everyLayer));
        List<String> unets = new ArrayList<>(List.of("plain", "adapted"));
        if (PackingSupport.available(options.device(), options.type())) {
            unets.add("packing");
            program.packingMethods();
            program.packing(WeightPacking.PACK);
            program.add(denoiser.guidedUNet(program, "unet_packing", LoraPlan.NONE));
            program.packing(WeightPacking.PACKED);
        }
        program.add(denoiser.guidedUNet(program, "unet_plain", LoraPlan.NONE));
        program.add(denoiser.guidedUNet(program, "unet_adapted", everyLayer));
        program.add(denoiser.features(program, "unet_features"));
        program.weightMethod();
        program.loraMethods();
        for (String variant : List.of("plain", "adapted")) {
            program.add(denoiser.encode("encode_" + variant, "text_" + variant));
        }
        for (String variant : unets) {
            program.add(callable(program, denoiser, "denoise_" + variant, "unet_" + variant));
        }
        program.add(callable(program, denoiser, "features", "unet_features"));
        return program;
    }

    /** {@code NAME(x, t, hidden[, pooled, time_ids])}: a UNet with the program's own weights and factors, for Java. */
    private static Definition callable(EmittedProgram program, DenoiserProgram denoiser, String name, String unet) {
        Method method = new Method(
                Signature.of(name).tensors(DenoiserProgram.X, DenoiserProgram.T).tensors(denoiser.conditions()));
        List<Expression> arguments =
                new ArrayList<>(List.of(Torch.WEIGHTS, Torch.LORAS, DenoiserProgram.X, DenoiserProgram.T));
        denoiser.textResults().forEach(text -> arguments.add(program.narrow(text)));
        if (denoiser.hasPooledText()) {
            arguments.add(DenoiserProgram.TIME_IDS);
        }
        return method.returning(Torch.self(unet, arguments));
    }
}
