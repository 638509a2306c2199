package athanor.diffusion.training;

import athanor.diffusion.program.Emitter;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.runtime.DenoiserProgram;

/** The hand-written part of {@link LoraProgram}: from noise to gradient. */
final class LoraProgramText {

    private LoraProgramText() {}

    static void emit(Emitter emitter, DenoiserProgram denoiser, LoraProgram.Plan plan, ComputeOptions options) {
        if (!plan.trainTextEncoders()) {
            emitter.method("""
                      def encode(self: __torch__.Program, IDS_TYPED) -> List[Tensor]:
                        return self.text(self.weights, self.loras, IDS)
                    """.replace("IDS_TYPED", denoiser.idArguments(": Tensor"))
                    .replace("IDS", denoiser.idArguments("")));
        }
        emitter.method("""
                  def gradient(self: __torch__.Program, flat: Tensor, latents: Tensor, noise: Tensor, terms: Tensor, mask: Tensor, CONDITIONS) -> List[Tensor]:
                    f = torch.requires_grad_(torch.detach(flat), True)
                    L = self.unpack(CAST)
                    P = self.weights
                    x = self.noisy(latents, noise, terms)
                    t = torch.select(terms, 0, 4)
                TEXT
                    prediction = self.unet(P, L, x, t, ARGUMENTS)
                    target = self.target(latents, noise, terms)
                OWN
                    d = torch.sub(prediction, target)
                    errors = torch.mean(torch.mul(LOSS, mask), [1, 2, 3])
                    loss = torch.sum(torch.mul(errors, torch.select(terms, 0, 5)))
                    gradients = torch.grad([loss], [f], None, None, False, False)
                    return [torch.detach(errors), torch._unwrap_optional(gradients[0])]
                """.replace("CONDITIONS", conditions(denoiser, plan))
                .replace("CAST", Emitter.cast("f", options.type()))
                .replace("TEXT\n", text(denoiser, plan, "", "text"))
                .replace("OWN\n", plan.ownPrediction() ? ownPrediction(denoiser, plan) : "")
                .replace("ARGUMENTS", arguments(denoiser, ""))
                .replace("LOSS", loss(plan.loss())));
    }

    private static String conditions(DenoiserProgram denoiser, LoraProgram.Plan plan) {
        if (!plan.trainTextEncoders()) {
            return denoiser.conditionArguments(": Tensor");
        }
        String ids = denoiser.idArguments(": Tensor");
        return denoiser.hasPooledText() ? ids + ", time_ids: Tensor" : ids;
    }

    /** Encodes the prompts inside the step where the encoders are trained. */
    private static String text(DenoiserProgram denoiser, LoraProgram.Plan plan, String suffix, String method) {
        if (!plan.trainTextEncoders()) {
            return "";
        }
        String lines = "    encoded" + suffix + " = self." + method + "(P, L, " + denoiser.idArguments("") + ")\n"
                + "    hidden" + suffix + " = encoded" + suffix + "[0]\n";
        return denoiser.hasPooledText() ? lines + "    pooled" + suffix + " = encoded" + suffix + "[1]\n" : lines;
    }

    private static String arguments(DenoiserProgram denoiser, String suffix) {
        String hidden = "hidden" + suffix;
        return denoiser.hasPooledText() ? hidden + ", pooled" + suffix + ", time_ids" : hidden;
    }

    /** The frozen base answers for the pictures whose row 6 is 1; nothing in it asks for a gradient. */
    private static String ownPrediction(DenoiserProgram denoiser, LoraProgram.Plan plan) {
        String suffix = plan.trainTextEncoders() ? "_plain" : "";
        return text(denoiser, plan, suffix, "text_plain")
                + "    own = self.unet_plain(P, L, x, t, " + arguments(denoiser, suffix) + ")\n"
                + "    target = torch.add(target, torch.mul(torch.sub(own, target), self.column(terms, 6)))\n";
    }

    private static String loss(LossKind kind) {
        return switch (kind) {
            case MEAN_SQUARED -> "torch.mul(d, d)";
            // Row 7 holds delta: 2 delta (sqrt(d^2 + delta^2) - delta)
            case HUBER ->
                "torch.mul(torch.sub(torch.sqrt(torch.add(torch.mul(d, d), torch.mul(self.column(terms, 7), self.column(terms, 7)))),"
                        + " self.column(terms, 7)), torch.mul(self.column(terms, 7), 2.))";
        };
    }
}
