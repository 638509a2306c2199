package athanor.diffusion.training;

import athanor.diffusion.program.Expression;
import athanor.diffusion.program.Expression.Variable;
import athanor.diffusion.program.LoraPlan;
import athanor.diffusion.program.Method;
import athanor.diffusion.program.Torch;
import athanor.diffusion.runtime.DenoiserProgram;
import java.util.ArrayList;
import java.util.List;

/** Calls of a denoiser's methods inside a step, from variables named as their arguments. */
record DenoiserCalls(DenoiserProgram denoiser) {

    /**
     * Encodes the prompts where the encoders are trained.
     *
     * @param suffix of the variables that hold the results
     */
    void encode(Method step, String method, String suffix, LoraPlan lora) {
        List<Expression> arguments = new ArrayList<>(List.of(Torch.P, Torch.L));
        arguments.addAll(denoiser.ids());
        arguments.addAll(DenoiserProgram.seeds(lora));
        Variable encoded = step.let("encoded" + suffix, Torch.self(method, arguments));
        List<Variable> results = denoiser.textResults();
        for (int i = 0; i < results.size(); i++) {
            step.let(results.get(i).name() + suffix, Torch.element(encoded, i));
        }
    }

    /** @param suffix of the variables that hold the text */
    Expression unet(String method, String suffix, LoraPlan lora) {
        List<Expression> arguments = new ArrayList<>(List.of(Torch.P, Torch.L, DenoiserProgram.X, DenoiserProgram.T));
        denoiser.textResults().forEach(text -> arguments.add(Torch.variable(text.name() + suffix)));
        if (denoiser.hasPooledText()) {
            arguments.add(DenoiserProgram.TIME_IDS);
        }
        arguments.addAll(DenoiserProgram.seeds(lora));
        return Torch.self(method, arguments);
    }
}
