package athanor.diffusion.program;

import athanor.diffusion.program.Expression.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How a method of a program is called: its name, its arguments in their order, and what it gives. */
public record Signature(String name, List<Argument> arguments, String result) {

    private static final String TENSOR = "Tensor";
    private static final String TENSORS = "List[Tensor]";

    /** @param type as TorchScript writes it */
    public record Argument(Variable variable, String type) {
        @Override
        public String toString() {
            return variable + ": " + type;
        }
    }

    /** A method without arguments that gives a tensor. */
    public static Signature of(String name) {
        return new Signature(name, List.of(), TENSOR);
    }

    /** And takes the weights. */
    public Signature weights() {
        return and(List.of(Torch.P), TENSORS);
    }

    /** And takes the LoRA factors. */
    public Signature factors() {
        return and(List.of(Torch.L), TENSORS);
    }

    /** And takes tensors. */
    public Signature tensors(Variable... tensors) {
        return tensors(List.of(tensors));
    }

    /** And takes tensors. */
    public Signature tensors(List<Variable> tensors) {
        return and(tensors, TENSOR);
    }

    public Signature givingTensors() {
        return new Signature(name, arguments, TENSORS);
    }

    private Signature and(List<Variable> variables, String type) {
        List<Argument> all = new ArrayList<>(arguments);
        variables.forEach(variable -> all.add(new Argument(variable, type)));
        return new Signature(name, List.copyOf(all), result);
    }

    String head() {
        String typed = arguments.stream().map(argument -> ", " + argument).collect(Collectors.joining());
        return "  def " + name + "(self: __torch__.Program" + typed + ") -> " + result + ":\n";
    }
}
