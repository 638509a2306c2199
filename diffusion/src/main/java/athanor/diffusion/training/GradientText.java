package athanor.diffusion.training;

import athanor.diffusion.program.Emitter;
import athanor.diffusion.program.LoraPlan;
import athanor.diffusion.program.Recomputation;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.runtime.DenoiserProgram;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The hand-written part of {@link LoraProgram}: from noise to gradient, with everything kept or with recomputation. */
final class GradientText {

    private final Emitter emitter;
    private final DenoiserProgram denoiser;
    private final LoraProgram.Plan plan;
    private final ComputeOptions options;
    private @Nullable Recomputation unet;
    private @Nullable Recomputation text;
    private int unetElements;
    private int unetWeights;

    private GradientText(Emitter emitter, DenoiserProgram denoiser, LoraProgram.Plan plan, ComputeOptions options) {
        this.emitter = emitter;
        this.denoiser = denoiser;
        this.plan = plan;
        this.options = options;
    }

    /** Emits the networks; after that the LoRA's factors are known. */
    static GradientText emitNetworks(
            Emitter emitter, DenoiserProgram denoiser, LoraProgram.Plan plan, ComputeOptions options) {
        GradientText text = new GradientText(emitter, denoiser, plan, options);
        text.networks();
        return text;
    }

    private void networks() {
        LoraPlan lora = plan.lora();
        if (options.recompute()) {
            unet = denoiser.emitUNetInPieces(emitter, "unet", lora, plan.trainTextEncoders());
        } else {
            denoiser.emitUNet(emitter, "unet", lora);
        }
        unetElements = emitter.loras().totalElements();
        unetWeights = emitter.weights().size();
        if (!plan.trainTextEncoders()) {
            denoiser.emitText(emitter, "text", LoraPlan.NONE);
        } else if (options.recompute()) {
            text = denoiser.emitTextInPieces(emitter, "text", lora);
        } else {
            denoiser.emitText(emitter, "text", lora);
        }
        if (plan.ownPrediction()) {
            denoiser.emitUNet(emitter, "unet_plain", LoraPlan.NONE);
            denoiser.emitText(emitter, "text_plain", LoraPlan.NONE);
        }
    }

    int unetElements() {
        return unetElements;
    }

    void emit() {
        if (!plan.lora().dropout().isOff()) {
            emitter.dropoutMethods(plan.lora().dropout());
        }
        if (!plan.trainTextEncoders()) {
            emitter.method("""
                      def encode(self: __torch__.Program, IDS_TYPED) -> List[Tensor]:
                        r = self.text(self.weights, self.loras, IDS)
                        return [RESULTS]
                      def forget_text(self: __torch__.Program, like: Tensor) -> Tensor:
                        for i in range(COUNT):
                          _0 = torch._set_item(self.weights, torch.add(i, FIRST), torch.slice(like, 0, 0, 0, 1))
                        return like
                    """.replace("IDS_TYPED", denoiser.idArguments(": Tensor"))
                    .replace("IDS", denoiser.idArguments(""))
                    .replace("RESULTS", denoiser.wideText("r"))
                    .replace("COUNT", String.valueOf(emitter.weights().size() - unetWeights))
                    .replace("FIRST", String.valueOf(unetWeights)));
        }
        emitter.method("""
                  def gradient(self: __torch__.Program, terms: Tensor, flat: Tensor, latents: Tensor, noise: Tensor, mask: Tensor, CONDITIONS) -> List[Tensor]:
                    P = self.weights
                    x = self.noisy(latents, noise, terms)
                    t = torch.select(terms, 0, 4)
                    target = self.target(latents, noise, terms)
                TEXT
                OWN
                FORWARD
                    d = torch.sub(prediction, target)
                    errors = torch.mean(torch.mul(LOSS, mask), [1, 2, 3])
                    loss = torch.sum(torch.mul(errors, torch.select(terms, 0, 5)))
                BACKWARD
                """.replace("CONDITIONS", conditions())
                .replace("TEXT\n", plan.trainTextEncoders() ? "" : narrowText())
                .replace("OWN\n", plan.ownPrediction() ? ownPrediction() : "")
                .replace("FORWARD\n", unet == null ? forwardKeepingAll() : forwardInPieces(unet))
                .replace("LOSS", loss(plan.loss()))
                .replace("BACKWARD\n", unet == null ? backwardKeepingAll() : backwardInPieces(unet)));
    }

    /** What {@code encode} gave comes back as float32, see {@link DenoiserProgram#wideText}. */
    private String narrowText() {
        return denoiser.textResults().stream()
                .map(name -> "    %s = %s\n".formatted(name, emitter.narrow(name)))
                .collect(Collectors.joining());
    }

    private String forwardKeepingAll() {
        return "    f = torch.requires_grad_(torch.detach(flat), True)\n"
                + "    L = self.unpack(" + Emitter.cast("f", options.type()) + ")\n"
                + (plan.trainTextEncoders() ? text("", "text", DenoiserProgram.seeds(plan.lora(), "")) : "")
                + "    prediction = self.unet(P, L, x, t, " + arguments("")
                + DenoiserProgram.seeds(plan.lora(), "") + ")\n";
    }

    private static String backwardKeepingAll() {
        return "    gradients = torch.grad([loss], [f], None, None, False, False)\n"
                + "    return [torch.detach(errors), torch._unwrap_optional(gradients[0])]\n";
    }

    /** Nothing here wants a gradient, so nothing but the borders of the pieces is kept. */
    private String forwardInPieces(Recomputation pieces) {
        StringBuilder lines = new StringBuilder();
        lines.append("    L = self.unpack(")
                .append(Emitter.cast("torch.detach(flat)", options.type()))
                .append(")\n");
        if (text != null) {
            lines.append(text.forward());
            List<String> names = denoiser.textResults();
            for (int i = 0; i < names.size(); i++) {
                lines.append(
                        "    %s = %s\n".formatted(names.get(i), text.results().get(i)));
            }
        }
        return lines.append(pieces.forward())
                .append("    prediction = torch.requires_grad_(torch.detach(")
                .append(pieces.results().get(0))
                .append("), True)\n")
                .toString();
    }

    private String backwardInPieces(Recomputation pieces) {
        StringBuilder lines = new StringBuilder(
                """
                    slopes = torch.grad([loss], [prediction], None, None, False, False)
                    slope = torch._unwrap_optional(slopes[0])
                    G = annotate(List[Tensor], [])
                    for i in range(FACTORS):
                      _0 = torch.append(G, torch.requires_grad_(torch.detach(L[i]), True))
                """.replace("FACTORS", String.valueOf(emitter.loras().size())));
        lines.append(pieces.backward(Map.of(pieces.results().get(0), "slope"), "G"));
        Map<Integer, String> gradients = new HashMap<>(pieces.factorGradients());
        if (text != null) {
            Map<String, String> ofResults = new LinkedHashMap<>();
            List<String> names = denoiser.textResults();
            for (int i = 0; i < names.size(); i++) {
                String gradient = pieces.gradientOf(names.get(i));
                if (gradient != null) {
                    ofResults.put(text.results().get(i), gradient);
                }
            }
            lines.append(text.backward(ofResults, "G"));
            gradients.putAll(text.factorGradients());
        }
        String flat = IntStream.range(0, emitter.loras().size())
                .mapToObj(i -> gradients.getOrDefault(i, "torch.mul(L[" + i + "], 0.)"))
                .map(gradient -> "torch.reshape(%s, [-1])".formatted(gradient))
                .collect(Collectors.joining(", "));
        return lines.append("    return [torch.detach(errors), torch.to(torch.cat([")
                .append(flat)
                .append("]), 6, False, False, None)]\n")
                .toString();
    }

    private String conditions() {
        String seeds = DenoiserProgram.seeds(plan.lora(), ": Tensor");
        if (!plan.trainTextEncoders()) {
            return denoiser.conditionArguments(": Tensor") + seeds;
        }
        String ids = denoiser.idArguments(": Tensor");
        return (denoiser.hasPooledText() ? ids + ", time_ids: Tensor" : ids) + seeds;
    }

    /** Encodes the prompts inside the step, where the encoders are trained. */
    private String text(String suffix, String method, String seeds) {
        String lines = "    encoded" + suffix + " = self." + method + "(P, L, " + denoiser.idArguments("") + seeds
                + ")\n" + "    hidden" + suffix + " = encoded" + suffix + "[0]\n";
        return denoiser.hasPooledText() ? lines + "    pooled" + suffix + " = encoded" + suffix + "[1]\n" : lines;
    }

    private String arguments(String suffix) {
        String hidden = "hidden" + suffix;
        return denoiser.hasPooledText() ? hidden + ", pooled" + suffix + ", time_ids" : hidden;
    }

    /** The frozen base answers for the pictures whose row 6 is 1; nothing in it asks for a gradient. */
    private String ownPrediction() {
        String suffix = plan.trainTextEncoders() ? "_plain" : "";
        return "    L = annotate(List[Tensor], [])\n"
                + (plan.trainTextEncoders() ? text(suffix, "text_plain", "") : "")
                + "    own = self.unet_plain(P, L, x, t, " + arguments(suffix) + ")\n"
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
