"""Times PyTorch and JAX on the trainings of Twister's benchmarks, on a GPU or, for a test, on a processor.

    python peers.py names.txt --out peers.csv                   # everything
    python peers.py names.txt --counts --counts-runs 1024       # one workload
    python peers.py names.txt --quick --device cpu              # small sizes, few repetitions

Workloads, in single precision without TF32:

  --examples     a full-batch softmax step over every bigram, learning rate 50
  --counts       many runs x 100 steps on the 27 x 27 count table, learning rates 0.1 to 100, L2 0.01
  --mlp          a step of perceptrons, blocks of 3 symbols, batches of 32 that were drawn beforehand
  --perceptrons  1,000 of the smaller perceptrons x 1,000 steps (JAX only)

Each framework runs in a process of its own, as both bring CUDA libraries. A figure is printed, and added
to the CSV file, as soon as it is known. Losses have to be those of Twister where these are known, those of
the framework's first formulation, and at last PyTorch's those of JAX. The exit code is 1 if anything fails.
"""

import argparse
import csv
import functools
import importlib.metadata
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
import traceback

import numpy as np

SYMBOLS = 27
SEED = 2147483647
STEPS = 100
BLOCK = 3
BATCH = 32
RATE = 50.0
L2 = 0.01
SHAPES = ((2, 100), (10, 200))  # E, H

# Before update 100, in double precision (2.47287655 was published, in single), and after it: Twister's known loss.
EXAMPLES_LOSS = 2.472876172883
EXAMPLES_LOSS_AFTER = 2.472652729127
COUNTS_MEAN_LOSS = 3.1255450881968  # of 1,024 runs x 100 steps
TOLERANCE = 1e-4  # relative, of losses

COLUMNS = "framework version device workload variant runs steps unit least median repetitions loss".split()
WORKLOADS = ("examples", "counts", "mlp", "perceptrons")


# Data, as Twister reads them.


def read_words(path):
    return pathlib.Path(path).read_text(encoding="utf-8").split()


def blocks(words, size):
    """Contexts (N, size) and targets (N) of every symbol; '.' is 0, before and after each word."""
    contexts, targets = [], []
    for word in words:
        block = [0] * size
        for symbol in [ord(letter) - ord("a") + 1 for letter in word] + [0]:
            contexts.append(block)
            targets.append(symbol)
            block = block[1:] + [symbol]
    return np.array(contexts, np.int64), np.array(targets, np.int64)


def count_table(xs, ys):
    """Counts over their sum (27, 27)."""
    counts = np.bincount(xs * SYMBOLS + ys, minlength=SYMBOLS * SYMBOLS).reshape(SYMBOLS, SYMBOLS)
    return (counts / counts.sum()).astype(np.float32)


def counts_rates(runs):
    return (0.1 * 10 ** (3 * np.arange(runs) / max(runs - 1, 1))).astype(np.float32)


def mlp_rates(runs):
    return (0.01 + 0.0005 * np.arange(runs)).astype(np.float32)


def draw_inputs(path, examples, steps):
    """Initial weights and batches, drawn by PyTorch on the processor; read from `path` if it is there."""
    if not path.exists():
        import torch

        def generator():
            return torch.Generator().manual_seed(SEED)

        drawn = {"weights": torch.randn((SYMBOLS, SYMBOLS), generator=generator()).numpy()}
        for e, h in SHAPES:
            g = generator()
            shapes = ((SYMBOLS, e), (BLOCK * e, h), (h,), (h, SYMBOLS), (SYMBOLS,))
            for name, shape in zip(("C", "W1", "b1", "W2", "b2"), shapes):
                drawn[f"{name}-{e}-{h}"] = torch.randn(shape, generator=g).numpy()
            batches = [torch.randint(0, examples, (BATCH,), generator=g).numpy() for _ in range(steps)]
            drawn[f"batches-{e}-{h}"] = np.stack(batches)
        np.savez(path, **drawn)
    with np.load(path) as drawn:
        return dict(drawn)


def mlp_inputs(inputs, e, h):
    parameters = [inputs[f"{name}-{e}-{h}"] for name in ("C", "W1", "b1", "W2", "b2")]
    return parameters, inputs[f"batches-{e}-{h}"]


def require_examples_trained(data, last_loss, weights):
    """Whether 100 steps have ended as they have to: their last loss, and the loss of the weights after them."""
    weights = np.asarray(weights, np.float64)
    log_p = weights - np.log(np.exp(weights).sum(1, keepdims=True))
    after = -log_p[data.xs, data.ys].mean()
    require_known("loss before update 100", float(last_loss[0]), EXAMPLES_LOSS)
    require_known("loss after update 100", after, EXAMPLES_LOSS_AFTER)
    print(f"loss before update 100: {float(last_loss[0]):.7f}, after: {after:.7f}", flush=True)


# Measuring and reporting.


class Report:
    """Prints figures, checks losses and keeps them for the comparison of the frameworks."""

    def __init__(self, options, framework, version, device, synchronize):
        self.options = options
        self.framework = framework
        self.version = version
        self.device = device
        self.synchronize = synchronize
        self.losses = {}
        self.failed = False

    def time(self, call):
        """Seconds of each timed call, after warm-up."""
        call()
        self.synchronize()
        start = time.perf_counter()
        call()
        self.synchronize()
        once = time.perf_counter() - start
        if self.options.quick or once > 1:
            repetitions = 3
        else:
            repetitions = max(10, min(100, int(0.4 / once)))
        seconds = []
        for _ in range(repetitions):
            self.synchronize()
            start = time.perf_counter()
            call()
            self.synchronize()
            seconds.append(time.perf_counter() - start)
        return seconds

    def figure(self, workload, variant, runs, steps, unit, per, call, losses):
        """Times a call and prints it; `per` is what one call's seconds are multiplied with."""
        seconds = self.time(call)
        least, median = min(seconds) * per, statistics.median(seconds) * per
        loss = float(np.mean(losses))
        print(
            f"[{elapsed(self.options):5.1f} s] {self.framework:5} {workload}, {runs} runs x {steps} steps, {variant}: "
            f"{least:.4g} {unit} least, {median:.4g} median of {len(seconds)}; mean final loss {loss:.6f}",
            flush=True,
        )
        write_line(
            self.options.out,
            [self.framework, self.version, self.device, workload, variant, runs, steps, unit]
            + [f"{least:.6g}", f"{median:.6g}", len(seconds), f"{loss:.8g}"],
        )
        return least

    def check(self, key, losses):
        """Refuses final losses that are not those of the formulations before; `key` names what is trained."""
        losses = np.asarray(losses, np.float64)
        if not np.isfinite(losses).all():
            raise AssertionError(f"{key}: losses that are no numbers")
        require_close(key, losses, self.losses.setdefault(key, losses))
        self.save()
        return losses

    def save(self):
        np.savez(self.options.scratch / f"{self.framework}.npz", **self.losses)

    def attempt(self, name, work, *arguments):
        """Goes on after a failure, which it prints."""
        try:
            return work(*arguments)
        except Exception:
            self.failed = True
            print(f"[{elapsed(self.options):5.1f} s] {self.framework:5} FAILED: {name}", flush=True)
            traceback.print_exc(file=sys.stdout)
            sys.stdout.flush()
            return None

    def extra(self, name, work, *arguments):
        """An attempt, for which there has to be time."""
        if elapsed(self.options) > self.options.deadline:
            print(f"[{elapsed(self.options):5.1f} s] {self.framework:5} left out for lack of time: {name}", flush=True)
            return None
        return self.attempt(name, work, *arguments)


def elapsed(options):
    return time.time() - options.started


def write_line(path, line):
    if path:
        with open(path, "a", newline="", encoding="utf-8") as file:
            csv.writer(file).writerow(line)


def require_close(key, losses, expected):
    apart = float(np.max(np.abs(losses - expected) / np.abs(expected)))
    if not apart <= TOLERANCE:
        raise AssertionError(f"{key}: losses are {apart:.2e} apart")
    return apart


def require_known(what, loss, expected):
    if not abs(loss - expected) <= 5e-5:
        raise AssertionError(f"{what}: expected {expected}, got {loss}")


def in_two_passes(report, options, workloads):
    """First what has to be known of every workload, then the formulations for which there is time."""
    for extras in (False, True):
        for name in WORKLOADS:
            if name in workloads and name in options.workloads:
                report.attempt(name, workloads[name], extras)
    return report.failed


# PyTorch.


def run_torch(options, data):
    import torch
    import torch.nn.functional as F

    inputs = draw_inputs(options.scratch / "inputs.npz", data.examples, options.many_steps)
    torch.set_float32_matmul_precision("highest")
    if options.device == "gpu" and not torch.cuda.is_available():
        raise RuntimeError("PyTorch finds no GPU")
    on_gpu = options.device != "cpu" and torch.cuda.is_available()
    device = torch.device("cuda" if on_gpu else "cpu")
    device_name = torch.cuda.get_device_name() if on_gpu else "cpu"
    synchronize = torch.cuda.synchronize if on_gpu else (lambda: None)
    report = Report(options, "torch", torch.__version__, device_name, synchronize)
    print(f"PyTorch {torch.__version__}, CUDA {torch.version.cuda}, on {device_name}", flush=True)
    graph_name = "CUDA graph" if on_gpu else "no graph"

    def put(array):
        return torch.from_numpy(np.ascontiguousarray(array)).to(device)

    def captured(work):
        """The work, which reads and writes tensors that stay, as a CUDA graph; as it is on a processor."""
        if not on_gpu:
            return work
        side = torch.cuda.Stream()
        side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):
            for _ in range(2):
                work()
        torch.cuda.current_stream().wait_stream(side)
        torch.cuda.synchronize()
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            work()

        def replay(graph=graph, work=work):  # work's tensors have to live as long as the graph
            graph.replay()

        return replay

    def compiled(function):
        return torch.compile(function, fullgraph=True, dynamic=False)

    # Every step below returns the new weights and the loss before the update.

    def train(step, weights, losses):
        for i in range(losses.shape[0]):
            weights, loss = step(weights)
            losses[i].copy_(loss)
        return weights

    def examples(extras):
        xs, ys = put(data.xs), put(data.ys)
        targets = ys.unsqueeze(1)
        pairs = xs * SYMBOLS + ys
        x_hot = F.one_hot(xs, SYMBOLS).float()
        y_hot = F.one_hot(ys, SYMBOLS).float()
        x_hot_t = x_hot.t().contiguous()
        initial = put(inputs["weights"])
        scale = RATE / data.examples

        def closed_form(logits, gradient):
            def step(weights):
                log_p = F.log_softmax(logits(weights), 1)
                loss = -log_p.gather(1, targets).mean()
                return weights - scale * gradient(log_p.exp() - y_hot), loss

            return step

        def autograd(loss_of):
            def step(weights):
                with torch.enable_grad():
                    leaf = weights.detach().requires_grad_()
                    loss = loss_of(leaf)
                    (gradient,) = torch.autograd.grad(loss, leaf)
                return weights - RATE * gradient, loss.detach()

            return step

        def gathered(weights):
            return weights.index_select(0, xs)

        def one_hot(weights):
            return x_hot @ weights

        def product(residuals):
            return x_hot_t @ residuals

        parts = 256
        whole = data.examples - data.examples % parts
        x_hot_parts = x_hot[:whole].view(parts, -1, SYMBOLS).transpose(1, 2)
        x_hot_rest = x_hot[whole:].t()

        def product_in_parts(residuals):
            """More parallel than one product of a few rows and columns."""
            sums = torch.bmm(x_hot_parts, residuals[:whole].view(parts, -1, SYMBOLS)).sum(0)
            return sums.addmm_(x_hot_rest, residuals[whole:])

        def index_add(residuals):
            return torch.zeros_like(initial).index_add_(0, xs, residuals)

        def of_the_table(weights):
            return -F.log_softmax(weights, 1).view(-1).index_select(0, pairs).mean()

        def run_graph(name, step, steps):
            losses = torch.empty(steps, device=device)
            trained = torch.empty_like(initial)
            call = captured(lambda: trained.copy_(train(step, initial, losses)))
            call()
            final = losses[-1:].cpu().numpy()
            if steps == STEPS:
                require_examples_trained(data, final, trained.cpu())
            report.check(f"examples-{steps}", final)
            variant = f"{graph_name} of {steps}, {name}"
            return report.figure("examples", variant, 1, steps, "ms/step", 1e3 / steps, call, final)

        def notebook():
            """As in the lecture, one operation after the other."""
            everyone = torch.arange(data.examples, device=device)
            losses = torch.empty(STEPS, device=device)
            trained = torch.empty_like(initial)

            def call():
                weights = initial.clone().requires_grad_()
                for i in range(STEPS):
                    logits = F.one_hot(xs, SYMBOLS).float() @ weights
                    counts = logits.exp()
                    probabilities = counts / counts.sum(1, keepdims=True)
                    loss = -probabilities[everyone, ys].log().mean()
                    weights.grad = None
                    loss.backward()
                    weights.data += -RATE * weights.grad
                    losses[i].copy_(loss.detach())
                trained.copy_(weights.detach())

            with torch.enable_grad():
                call()
                final = losses[-1:].cpu().numpy()
                require_examples_trained(data, final, trained.cpu())
                report.check(f"examples-{STEPS}", final)
                report.figure("examples", "eager, the notebook's loop", 1, STEPS, "ms/step", 1e3 / STEPS, call, final)

        if extras:
            # Softmax of 27 contexts only, and so less work than the others: for comparison.
            table = autograd(of_the_table)
            report.extra("table", run_graph, "log_softmax of the table, gathered per example", table, STEPS)
            compiled_step = compiled(closed_form(gathered, product_in_parts))
            report.extra("compiled", run_graph, "compiled, gather and one-hot product in parts", compiled_step, STEPS)
            return
        formulations = {
            "gather and one-hot product": closed_form(gathered, product),
            "gather and one-hot product in parts": closed_form(gathered, product_in_parts),
            "one-hot products in parts": closed_form(one_hot, product_in_parts),
            "gather and index_add": closed_form(gathered, index_add),
            "cross_entropy(one_hot @ W), autograd": autograd(lambda w: F.cross_entropy(one_hot(w), ys)),
            "cross_entropy(W[xs]), autograd": autograd(lambda w: F.cross_entropy(w[xs], ys)),
        }
        times = {name: report.attempt(name, run_graph, name, step, STEPS) for name, step in formulations.items()}
        known = [name for name in times if times[name] is not None]
        if known:
            fastest = min(known, key=times.get)
            print(f"torch examples: fastest is {fastest}", flush=True)
            report.attempt("graph of 10", run_graph, fastest, formulations[fastest], 10)
        report.attempt("notebook", notebook)

    def counts(extras):
        n = put(data.counts)
        totals = n.sum(1, keepdim=True)
        pull = 2 * L2 / n.numel()

        def row_step(weights, rates):
            """Sums within rows first, so that a compiler can do everything in one kernel."""
            log_p = F.log_softmax(weights, -1)
            rows = (L2 / (SYMBOLS * SYMBOLS) * weights * weights - n * log_p).sum(-1)
            gradient = totals * log_p.exp() - n + pull * weights
            return weights - rates * gradient, rows.sum(-1)

        for runs in options.counts_runs:
            initial = put(inputs["weights"]).expand(runs, SYMBOLS, SYMBOLS).contiguous()
            rates = put(counts_rates(runs)).view(runs, 1, 1)
            losses = torch.empty((STEPS, runs), device=device)

            def fewest_passes():
                """In place, with what does not change computed beforehand."""
                keep = 1 - rates * pull
                towards = rates * n
                away = -rates * totals
                minus_n = -n.view(-1)

                def call():
                    weights = initial.clone()
                    flat = weights.view(runs, -1)
                    for i in range(STEPS):
                        log_p = F.log_softmax(weights, -1)
                        norm = torch.linalg.vector_norm(flat, dim=1)
                        data_loss = torch.mv(log_p.view(runs, -1), minus_n)
                        torch.addcmul(data_loss, norm, norm, value=L2 / n.numel(), out=losses[i])
                        torch.addcmul(towards, keep, weights, out=weights)
                        weights.addcmul_(away, log_p.exp_())

                return call

            def plain():
                return functools.partial(train, functools.partial(row_step, rates=rates), initial, losses)

            def compiled_steps(unroll):
                def some_steps(weights, rates):
                    all_losses = []
                    for _ in range(unroll):
                        weights, loss = row_step(weights, rates)
                        all_losses.append(loss)
                    return weights, torch.stack(all_losses)

                some_steps = compiled(some_steps)

                def call():
                    weights = initial
                    for i in range(0, STEPS, unroll):
                        weights, some_losses = some_steps(weights, rates)
                        losses[i : i + unroll].copy_(some_losses)

                return call

            def run_graph(name, make):
                losses.zero_()
                call = captured(make())
                call()
                found = losses.cpu().double()
                if runs == 1024:
                    require_known("mean loss of 1,024 runs", float(found.mean()), COUNTS_MEAN_LOSS)
                final = report.check(f"counts-{runs}", found[-1])
                figure = functools.partial(report.figure, "counts", runs=runs, steps=STEPS, unit="ms", per=1e3)
                figure(variant=f"{graph_name}, {name}", call=call, losses=final)

                def call_and_fetch():
                    call()
                    losses.cpu()

                figure(variant=f"{graph_name}, {name}, losses to the host", call=call_and_fetch, losses=final)

            if extras:
                report.extra("compiled by 10", run_graph, "compiled, 10 steps in one", lambda: compiled_steps(10))
            else:
                report.attempt("fewest passes", run_graph, "closed form in place", fewest_passes)
                report.attempt("plain", run_graph, "closed form", plain)
                report.attempt("compiled", run_graph, "compiled", lambda: compiled_steps(1))

    def mlp(extras):
        if extras:
            return
        contexts, targets = put(data.contexts), put(data.targets)

        def run_graph(e, h, runs, lookup):
            host_parameters, host_batches = mlp_inputs(inputs, e, h)
            shape = () if runs == 1 else (runs,)
            initial = [put(p).expand(shape + p.shape).contiguous() for p in host_parameters]
            parameters = [p.clone().requires_grad_() for p in initial]
            batches = put(np.repeat(host_batches[:STEPS, np.newaxis], runs, 1))
            rates = put(mlp_rates(runs)).view(shape)
            run_numbers = torch.arange(runs, device=device).view(runs, 1)
            call_steps = 10
            indices = batches[:call_steps].clone()
            losses = torch.empty((call_steps, runs), device=device)

            def embedded(C, x):
                """(batch, 3 E), of each run if there are several."""
                if lookup == "F.embedding":
                    found = F.embedding(x, C)
                elif lookup == "gather":
                    found = C.gather(1, x.view(runs, -1, 1).expand(-1, -1, e))
                elif runs == 1:
                    found = C[x]
                else:
                    found = C[run_numbers, x.view(runs, -1)]
                return found.view(shape + (BATCH, BLOCK * e))

            def losses_of(x, y):
                C, W1, b1, W2, b2 = parameters
                if runs == 1:
                    hidden = torch.tanh(torch.addmm(b1, embedded(C, x), W1))
                    return F.cross_entropy(torch.addmm(b2, hidden, W2), y)
                hidden = torch.tanh(torch.baddbmm(b1.unsqueeze(1), embedded(C, x), W1))
                logits = torch.baddbmm(b2.unsqueeze(1), hidden, W2)
                each = F.cross_entropy(logits.view(-1, SYMBOLS), y, reduction="none")
                return each.view(runs, BATCH).mean(1)

            def ten_steps():
                for i in range(call_steps):
                    chosen = indices[i].view(-1)
                    with torch.enable_grad():
                        loss = losses_of(contexts.index_select(0, chosen), targets.index_select(0, chosen))
                        # The loss of each run times its learning rate: the gradients are the updates.
                        updates = torch.autograd.grad(loss, parameters, grad_outputs=rates)
                    torch._foreach_sub_(parameters, updates)
                    losses[i].copy_(loss.detach().view(runs))

            replay = captured(ten_steps)

            def reset():
                for parameter, value in zip(parameters, initial):
                    parameter.copy_(value)

            def hundred():
                for first in range(0, STEPS, call_steps):
                    indices.copy_(batches[first : first + call_steps])
                    replay()

            def ten():
                indices.copy_(batches[:call_steps])
                replay()

            reset()
            hundred()
            workload = f"mlp E {e} H {h}"
            final = report.check(f"mlp-{e}-{h}-{runs}", losses[-1].cpu())
            name = f"{graph_name} of 10, autograd, {lookup}"
            figure = functools.partial(report.figure, workload, runs=runs, unit="us/step", losses=final)
            figure(variant=f"{name}, waiting after 100", steps=STEPS, per=1e6 / STEPS, call=hundred)
            figure(variant=f"{name}, waiting after 10", steps=call_steps, per=1e6 / call_steps, call=ten)

        for plain in (False, True):
            for e, h in SHAPES:
                for runs in options.mlp_runs:
                    lookup = "C[x]" if plain else "F.embedding" if runs == 1 else "gather"
                    report.attempt(f"mlp {e} {h} {runs} {lookup}", run_graph, e, h, runs, lookup)

    with torch.no_grad():
        return in_two_passes(report, options, {"examples": examples, "counts": counts, "mlp": mlp})


# JAX.


def run_jax(options, data):
    os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")
    if options.device == "cpu":
        os.environ["JAX_PLATFORMS"] = "cpu"
    import jax
    import jax.numpy as jnp
    from jax import lax

    inputs = draw_inputs(options.scratch / "inputs.npz", data.examples, options.many_steps)
    jax.config.update("jax_default_matmul_precision", "highest")
    if options.device == "gpu" and jax.default_backend() == "cpu":
        raise RuntimeError(f"JAX finds no GPU, but {jax.devices()}")
    device_name = jax.devices()[0].device_kind
    report = Report(options, "jax", jax.__version__, device_name, lambda: None)
    print(f"JAX {jax.__version__}, jaxlib {importlib.metadata.version('jaxlib')}, on {device_name}", flush=True)

    def put(array):
        return jax.device_put(np.ascontiguousarray(array))

    def symbols(array):
        return put(array.astype(np.int32))

    def scan(step, initial, length=STEPS, unroll=1):
        """The weights after `length` steps, and the loss before each update."""
        return lax.scan(lambda weights, _: step(weights), initial, length=length, unroll=unroll)

    def rows_at(array, indices):
        return array.at[indices].get(mode="promise_in_bounds")

    def minus_mean_at(log_p, ys):
        return -jnp.take_along_axis(log_p, ys[:, None], 1, mode="promise_in_bounds").mean()

    def waiting(train, *arguments):
        return lambda: jax.block_until_ready(train(*arguments))

    def examples(extras):
        xs, ys = symbols(data.xs), symbols(data.ys)
        x_hot = put(np.eye(SYMBOLS, dtype=np.float32)[data.xs])
        y_hot = put(np.eye(SYMBOLS, dtype=np.float32)[data.ys])
        initial = put(inputs["weights"])

        def closed_form(weights, xs, ys, x_hot, y_hot):
            log_p = jax.nn.log_softmax(rows_at(weights, xs), 1)
            loss = minus_mean_at(log_p, ys)
            return weights - RATE / len(xs) * (x_hot.T @ (jnp.exp(log_p) - y_hot)), loss

        def closed_form_in_parts(weights, xs, ys, x_hot, y_hot):
            log_p = jax.nn.log_softmax(rows_at(weights, xs), 1)
            loss = minus_mean_at(log_p, ys)
            residuals = jnp.exp(log_p) - y_hot
            whole = len(xs) - len(xs) % 256
            shape = (256, -1, SYMBOLS)
            sums = jnp.einsum("pnx,pny->pxy", x_hot[:whole].reshape(shape), residuals[:whole].reshape(shape))
            gradient = sums.sum(0) + x_hot[whole:].T @ residuals[whole:]
            return weights - RATE / len(xs) * gradient, loss

        def autograd(loss_of):
            def step(weights, *arrays):
                loss, gradient = jax.value_and_grad(loss_of)(weights, *arrays)
                return weights - RATE * gradient, loss

            return step

        def one_hot_loss(weights, xs, ys, x_hot, y_hot):
            return -(jax.nn.log_softmax(x_hot @ weights, 1) * y_hot).sum() / len(xs)

        def gathered_loss(weights, xs, ys, x_hot, y_hot):
            return minus_mean_at(jax.nn.log_softmax(rows_at(weights, xs), 1), ys)

        def table_loss(weights, xs, ys, x_hot, y_hot):
            return -rows_at(jax.nn.log_softmax(weights, 1), (xs, ys)).mean()

        def run(name, step):
            @jax.jit
            def train(initial, *arrays):
                return scan(lambda weights: step(weights, *arrays), initial)

            call = waiting(train, initial, xs, ys, x_hot, y_hot)
            trained, losses = call()
            final = np.asarray(losses)[-1:]
            require_examples_trained(data, final, trained)
            report.check(f"examples-{STEPS}", final)
            report.figure("examples", f"jit scan, {name}", 1, STEPS, "ms/step", 1e3 / STEPS, call, final)

        if extras:
            name = "log_softmax of the table, gathered per example"
            report.extra("table", run, name, autograd(table_loss))
            return
        report.attempt("closed form", run, "gather and one-hot product", closed_form)
        report.attempt("in parts", run, "gather and one-hot product in parts", closed_form_in_parts)
        report.attempt("one-hot", run, "cross entropy of one_hot @ W, autograd", autograd(one_hot_loss))
        report.attempt("gathered", run, "cross entropy of W[xs], autograd", autograd(gathered_loss))

    def counts(extras):
        n = put(data.counts)
        initial = put(inputs["weights"])

        def loss_of(weights, n):
            return -(n * jax.nn.log_softmax(weights, 1)).sum() + L2 * (weights * weights).mean()

        def autograd(weights, n, rate):
            loss, gradient = jax.value_and_grad(loss_of)(weights, n)
            return weights - rate * gradient, loss

        def closed_form(weights, n, rate):
            log_p = jax.nn.log_softmax(weights, 1)
            rows = (L2 / n.size * weights * weights - n * log_p).sum(1)
            gradient = n.sum(1, keepdims=True) * jnp.exp(log_p) - n + 2 * L2 / n.size * weights
            return weights - rate * gradient, rows.sum()

        def run(name, step, runs, unroll):
            def of_one(initial, n, rate):
                return scan(lambda weights: step(weights, n, rate), initial, unroll=unroll)[1]

            train = jax.jit(jax.vmap(of_one, in_axes=(None, None, 0)))
            call = waiting(train, initial, n, put(counts_rates(runs)))
            found = np.asarray(call())
            if runs == 1024:
                require_known("mean loss of 1,024 runs", float(found.mean(dtype=np.float64)), COUNTS_MEAN_LOSS)
            final = report.check(f"counts-{runs}", found[:, -1])
            figure = functools.partial(report.figure, "counts", runs=runs, steps=STEPS, unit="ms", per=1e3)
            figure(variant=f"jit vmap scan, {name}", call=call, losses=final)
            fetch = lambda: np.asarray(call())
            figure(variant=f"jit vmap scan, {name}, losses to the host", call=fetch, losses=final)

        for runs in options.counts_runs:
            if extras:
                report.extra("unrolled", run, "closed form, 10 steps in one", closed_form, runs, 10)
            else:
                report.attempt("closed form", run, "closed form", closed_form, runs, 1)
                report.attempt("autograd", run, "autograd", autograd, runs, 1)

    contexts, targets = symbols(data.contexts), symbols(data.targets)

    def perceptrons_of(one_hot, unroll):
        """Training of some perceptrons: losses (runs, steps), by the batches (steps, runs, 32)."""

        def loss_of(parameters, x, y):
            C, W1, b1, W2, b2 = parameters
            found = jax.nn.one_hot(x, SYMBOLS) @ C if one_hot else rows_at(C, x)
            hidden = jnp.tanh(found.reshape(BATCH, -1) @ W1 + b1)
            return minus_mean_at(jax.nn.log_softmax(hidden @ W2 + b2, 1), y)

        def of_one(parameters, contexts, targets, rate, batches):
            def step(parameters, batch):
                loss, gradients = jax.value_and_grad(loss_of)(
                    parameters, rows_at(contexts, batch), rows_at(targets, batch)
                )
                return [p - rate * g for p, g in zip(parameters, gradients)], loss

            return lax.scan(step, parameters, batches, unroll=unroll)[1]

        return jax.jit(jax.vmap(of_one, in_axes=(None, None, None, 0, 1)))

    def prepared(e, h, rates, steps, one_hot, unroll):
        parameters, batches = mlp_inputs(inputs, e, h)
        batches = symbols(np.repeat(batches[:steps, np.newaxis], len(rates), 1))
        train = perceptrons_of(one_hot, unroll)
        return waiting(train, [put(p) for p in parameters], contexts, targets, put(rates), batches)

    def mlp(extras):
        def run(e, h, runs, one_hot, unroll):
            call = prepared(e, h, mlp_rates(runs), STEPS, one_hot, unroll)
            final = report.check(f"mlp-{e}-{h}-{runs}", np.asarray(call())[:, -1])
            variant = f"jit vmap scan, autograd, {'one-hot' if one_hot else 'C[x]'}"
            if unroll > 1:
                variant += f", {unroll} steps in one"
            report.figure(f"mlp E {e} H {h}", variant, runs, STEPS, "us/step", 1e6 / STEPS, call, final)

        for e, h in SHAPES:
            for runs in options.mlp_runs:
                if extras:
                    report.extra(f"mlp {e} {h} {runs} one-hot", run, e, h, runs, True, 1)
                    report.extra(f"mlp {e} {h} {runs} unrolled", run, e, h, runs, False, 10)
                else:
                    report.attempt(f"mlp {e} {h} {runs}", run, e, h, runs, False, 1)

    def perceptrons(extras):
        def run(one_hot):
            rates = np.linspace(0.01, 0.0415, options.many_runs, dtype=np.float32)
            call = prepared(2, 100, rates, options.many_steps, one_hot, 1)
            final = np.asarray(call())[:, -1]
            name = f"jit vmap scan, autograd, {'one-hot' if one_hot else 'C[x]'}"
            figure = functools.partial(report.figure, "perceptrons E 2 H 100", runs=options.many_runs, losses=final)
            least = figure(variant=name, steps=options.many_steps, unit="s", per=1, call=call)
            print(f"jax perceptrons: {10 * least:.4g} s for {10 * options.many_steps} steps", flush=True)

        if extras:
            report.extra("perceptrons, one-hot", run, True)
        else:
            report.attempt("perceptrons", run, False)

    workloads = {"examples": examples, "counts": counts, "mlp": mlp, "perceptrons": perceptrons}
    return in_two_passes(report, options, workloads)


# The command.


class Data:
    def __init__(self, path):
        words = read_words(path)
        contexts, self.ys = blocks(words, 1)
        self.xs = contexts[:, 0]
        self.contexts, self.targets = blocks(words, BLOCK)
        self.counts = count_table(self.xs, self.ys)
        self.examples = len(self.ys)


def compare(scratch):
    """Whether PyTorch's final losses are those of JAX."""
    paths = [scratch / f"{framework}.npz" for framework in ("torch", "jax")]
    if not all(path.exists() for path in paths):
        print("no losses to compare", flush=True)
        return False
    agree = True
    with np.load(paths[0]) as torch_losses, np.load(paths[1]) as jax_losses:
        for key in torch_losses.keys() & jax_losses.keys():
            try:
                apart = require_close(key, torch_losses[key], jax_losses[key])
                print(f"PyTorch and JAX agree: {key}, {apart:.1e}", flush=True)
            except AssertionError as failure:
                agree = False
                print(f"FAILED: PyTorch and JAX differ: {failure}", flush=True)
    return agree


def describe_machine():
    query = ["nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader"]
    try:
        gpu = subprocess.run(query, capture_output=True, text=True, timeout=20).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        gpu = ""
    print(f"GPU, driver: {gpu or 'none'}; Python {sys.version.split()[0]}, {os.cpu_count()} processors", flush=True)


def numbers(text):
    return [int(part) for part in text.replace(",", " ").split()]


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", help="names.txt, a word a line")
    for name in WORKLOADS:
        parser.add_argument(f"--{name}", action="store_true", help="only this one and others so named")
    parser.add_argument("--framework", choices=("both", "torch", "jax"), default="both")
    parser.add_argument("--device", choices=("auto", "gpu", "cpu"), default="auto", help="gpu: fail without")
    parser.add_argument("--quick", action="store_true", help="fewer runs and repetitions")
    parser.add_argument("--counts-runs", type=numbers, metavar="R,R", help="default 1024,65536")
    parser.add_argument("--mlp-runs", type=numbers, metavar="R,R", help="default 1,64")
    parser.add_argument("--many-runs", type=int, help="of --perceptrons, default 1000")
    parser.add_argument("--many-steps", type=int, help="of --perceptrons, default 1000")
    parser.add_argument("--budget", type=float, default=80, help="seconds after which nothing optional is begun")
    parser.add_argument("--out", help="CSV file for the figures")
    for hidden in ("started", "deadline"):
        parser.add_argument(f"--{hidden}", type=float, help=argparse.SUPPRESS)
    parser.add_argument("--scratch", type=pathlib.Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    options.workloads = [name for name in WORKLOADS if getattr(options, name)] or list(WORKLOADS)
    options.counts_runs = options.counts_runs or ([64] if options.quick else [1024, 65536])
    options.mlp_runs = options.mlp_runs or ([1, 4] if options.quick else [1, 64])
    options.many_runs = options.many_runs or (20 if options.quick else 1000)
    options.many_steps = max(STEPS, options.many_steps or (100 if options.quick else 1000))
    return options


def run_child(options):
    """One framework, in this process."""
    run = {"torch": run_torch, "jax": run_jax}[options.framework]
    return 1 if run(options, Data(options.names)) else 0


def main(arguments):
    options = parse(arguments)
    if options.scratch:
        return run_child(options)
    started = time.time()
    describe_machine()
    if options.out:
        pathlib.Path(options.out).write_text("", encoding="utf-8")
        write_line(options.out, COLUMNS)
    failed = False
    with tempfile.TemporaryDirectory() as scratch:
        # PyTorch's optional formulations have to leave JAX its time.
        for framework, share in (("torch", 0.45), ("jax", 1)):
            if options.framework in ("both", framework):
                deadline = options.budget * (share if options.framework == "both" else 1)
                command = [sys.executable, os.path.abspath(__file__), *arguments]
                command += ["--framework", framework, "--scratch", scratch]
                command += [f"--started={started}", f"--deadline={deadline}"]
                code = subprocess.run(command).returncode
                if code:
                    failed = True
                    print(f"FAILED: {framework}, exit code {code}", flush=True)
        if options.framework == "both" and options.workloads != ["perceptrons"]:
            failed |= not compare(pathlib.Path(scratch))
    print(f"done in {time.time() - started:.0f} s{', with failures' if failed else ''}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
