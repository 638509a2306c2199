/**
 * How a network definition becomes something that runs. The networks are written once against {@link
 * athanor.diffusion.program.Ops}; {@link athanor.diffusion.program.Emitter} prints them as one straight-line TorchScript
 * program that libtorch runs without coming back to Java. The tests run the same definitions operator by operator on arrays
 * as a cross-check.
 */
package athanor.diffusion.program;
