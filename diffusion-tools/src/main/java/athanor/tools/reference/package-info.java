/**
 * The library held against another implementation: {@link athanor.tools.reference.ReferenceCommand} reads tensors from
 * one safetensors file, computes with the same classes that render and train, and writes what came out to another. One
 * class a group of tensors; {@link athanor.tools.reference.InputTensors} believes no name and no shape unchecked.
 *
 * <p>The other side, written with diffusers, transformers and peft, is {@code diffusion/src/test/python/reference.py}.
 */
@NullMarked
package athanor.tools.reference;

import org.jspecify.annotations.NullMarked;
