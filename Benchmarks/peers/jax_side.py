"""The JAX side of `run.py`: the whole step, Adam included, in one compiled function that reuses its arguments' memory."""

import importlib
import os
import time

from safetensors.numpy import load_file

from run import finish, times


def answer(side, task, options):
    # XLA takes as many threads as the process may use processors.
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: task["threads"]])
    import jax

    workload = importlib.import_module("with_jax." + task["module"])
    if hasattr(workload, "job"):
        return finish(workload.job(side, task, options), task)
    start = load_file(task["start"])
    if hasattr(workload, "sample"):
        return sample(jax, workload, start, task)
    examples = workload.examples(start.pop("examples"))
    fixed = {name: jax.numpy.asarray(start[name]) for name in task["buffers"]}
    learned = workload.weights({name: jax.numpy.asarray(start[name]) for name in task["parameters"]})
    zeros = jax.tree.map(jax.numpy.zeros_like, learned)
    after = getattr(workload, "after_step", lambda fixed, found: fixed)

    def adam(weight, gradient, mean, square, count):
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        move = mean / (1 - 0.9**count) / (jax.numpy.sqrt(square / (1 - 0.999**count)) + 1e-8)
        return weight - 1e-3 * move, mean, square

    def update(state, examples, noise):
        learned, means, squares, fixed, count = state
        count += 1
        (loss, found), gradients = jax.value_and_grad(workload.loss, has_aux=True)(learned, fixed, examples, *noise)
        moved = jax.tree.map(lambda *parts: adam(*parts, count), learned, gradients, means, squares)
        learned, means, squares = (jax.tree.map(lambda _, parts: parts[i], learned, moved) for i in range(3))
        return (learned, means, squares, after(fixed, found), count), loss

    def drawn(state, examples, key):
        return update(state, examples, workload.noise(examples, jax.random.fold_in(key, state[-1].astype("int32"))))

    state = (learned, zeros, jax.tree.map(jax.numpy.copy, zeros), fixed, jax.numpy.float32(0))
    if task["kind"] == "check":
        noise = load_file(task["noise_file"]) if os.path.exists(task["noise_file"]) else {}
        parts = [noise[name] for name in sorted(noise)]
        width = len(parts) // task["checked_steps"]
        losses, step = [], jax.jit(update)
        for index in range(task["checked_steps"]):
            state, loss = step(state, examples, parts[index * width : (index + 1) * width])
            losses.append(float(loss))
        return {"losses": losses}
    step, key = jax.jit(drawn, donate_argnums=0), jax.random.key(3)

    def work():
        nonlocal state
        state, loss = step(state, examples, key)
        float(loss)

    return {"milliseconds": times(task["seconds"], work)}


def sample(jax, workload, start, task):
    weights = workload.weights({name: jax.numpy.asarray(start[name]) for name in task["parameters"]})
    decode = jax.jit(lambda weights, codes: workload.sample(weights, codes).mean())
    if task["kind"] == "check":
        return {"losses": [float(decode(weights, load_file(task["noise_file"])["000"]))]}

    def drawn(weights, key):
        return decode(weights, jax.random.normal(key, (task["count"], workload.CODES)))

    key, draw = jax.random.key(3), jax.jit(drawn)
    if task["count"] == 1:
        float(draw(weights, key))
        return {"first_at": time.clock_gettime(time.CLOCK_MONOTONIC)}
    return {"milliseconds": times(task["seconds"], lambda: float(draw(weights, key)))}
