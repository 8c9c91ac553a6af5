"""The taxonomy: what research on language models is about, and the phrases that show it.

Phrases are matched as `bot.curation.phrases` says, so a plural, a hyphen or a capital letter makes no difference, but
another ending does. A topic's phrases come in three strengths; a title phrase counts in titles alone, since abstracts
of every kind use it in passing.
"""

from dataclasses import dataclass

OTHER = "other"
"""The topic of a paper that shows none of the taxonomy."""

APPLICATIONS = "applications"
"""The topic of papers that ask about a field of application rather than about language models."""


@dataclass(frozen=True, slots=True)
class TopicEntry:
    """One topic of the taxonomy. Phrases are separated by commas."""

    name: str
    """As readers see it, in lower case: `long context`."""
    strong: str
    """These name the topic."""
    plain: str
    """These belong to it, and are met elsewhere too."""
    title: str = ""
    """These name it in a title."""
    setting: bool = False
    """It names what a paper works in rather than what it asks: it yields to a question of about the same weight."""


TAXONOMY = (
    TopicEntry(
        "alignment",
        strong="""RLHF, RLAIF, RLVR, GRPO, DPO, PPO, direct preference optimization, preference optimization,
            preference alignment, preference learning, human preference, post-training, reward model, reward
            modeling, reward modelling, reward hacking, generative reward model, verifiable reward, policy
            optimization, reinforcement learning from human feedback, human feedback, instruction tuning,
            instruction-tuned, supervised fine-tuning, rejection sampling, reinforcement learning, reinforced
            fine-tuning, self-rewarding, reinforcement fine-tuning, credit assignment, R1-Zero, R1-like, outcome
            reward, entropy collapse, policy entropy, constitutional AI, value alignment, pluralistic alignment""",
        plain="""alignment, aligned, SFT, fine-tuning, finetuning, reward, preference, instruction following, rollout,
            advantage, KL divergence, on-policy, off-policy, policy gradient, human value, unlearning, model
            editing, knowledge editing""",
        title="RL, reinforced, reinforcing, reinforce, reward, preference, policy, fine-tuning, alignment, aligning",
    ),
    TopicEntry(
        "reasoning",
        strong="""chain-of-thought, CoT, reasoning model, large reasoning model, LRM, mathematical reasoning, math
            reasoning, logical reasoning, multi-step reasoning, step-by-step reasoning, reasoning trace, reasoning
            chain, reasoning step, reasoning path, test-time scaling, test-time compute, inference-time scaling,
            overthinking, latent reasoning, tree of thought, self-consistency, process supervision, process reward,
            theorem proving, theorem prover, Lean 4, autoformalization, commonsense reasoning, causal reasoning,
            symbolic reasoning, slow thinking, thinking token, long CoT, self-correction""",
        plain="""reasoning, verifier, deduction, inductive, planning, mathematics, math, GSM8K, AIME, arithmetic,
            proof, olympiad, puzzle, o1, R1, deliberation, thinking""",
        title="reasoning, think, thinking, thought, math, mathematical, logic, logical, proof, prover",
    ),
    TopicEntry(
        "agents",
        strong="""LLM agent, language agent, AI agent, autonomous agent, web agent, GUI agent, multi-agent system,
            agentic system, agentic workflow, agentic AI, agentic reinforcement learning, agentic RL, computer use,
            tool use, tool calling, function calling, tool learning, tool-augmented, tool-integrated, deep
            research, agent framework, model context protocol, MCP, multi-agent collaboration, multi-agent debate,
            multi-agent framework, agent memory, self-evolving, research agent, mobile agent, embodied agent,
            LLM-based agent, agent orchestration, AI scientist, generative agent, web navigation, agent skill""",
        plain="""agent, agentic, tool, workflow, orchestration, planner, environment, long-horizon, trajectory,
            browser, role-playing, simulation, multi-turn, multi-agent""",
        title="agent, agentic, tool, workflow",
    ),
    TopicEntry(
        "retrieval",
        strong="""retrieval-augmented, RAG, GraphRAG, agentic RAG, dense retrieval, information retrieval, passage
            retrieval, document retrieval, reranking, re-ranking, reranker, retriever, query rewriting, query
            expansion, semantic search, vector database, embedding model, text embedding, knowledge graph question
            answering, open-domain question answering, multi-hop question answering, search agent, search engine,
            late interaction, generative retrieval""",
        plain="""retrieval, retrieve, retrieved, knowledge graph, external knowledge, multi-hop, corpus, query,
            knowledge base, citation, attribution, ranking, search""",
        title="retrieval, retrieving, search, embedding, knowledge graph",
    ),
    TopicEntry(
        "interpretability",
        strong="""mechanistic interpretability, interpretability, sparse autoencoder, SAE, circuit discovery, circuit,
            probing, linear probe, activation patching, activation steering, steering vector, superposition,
            attention head, induction head, logit lens, residual stream, causal intervention, feature attribution,
            representation engineering, hidden state, internal representation, monosemantic, knowledge neuron,
            linear representation, internal mechanism, grokking""",
        plain="""interpretable, activation, neuron, layer-wise, explanation, explainability, mechanism, mechanistic,
            causal, latent representation, geometry, hidden representation, understanding""",
        title="""interpretable, mechanism, mechanistic, neuron, internal, geometry, representation, probe, explaining,
            inside, emergence, emergent, anatomy""",
    ),
    TopicEntry(
        "efficiency",
        strong="""quantization, post-training quantization, pruning, KV cache, speculative decoding, model
            compression, inference acceleration, LLM inference, LLM serving, inference serving, memory footprint,
            low-bit, knowledge distillation, token pruning, throughput, early exit, sparsity, weight compression,
            LoRA, low-rank adaptation, parameter-efficient, PEFT, parallel decoding, draft model, on-device, edge
            device, GPU kernel, FlashAttention, prefill, activation sparsity, 4-bit, cost-efficient, multi-token
            prediction""",
        plain="""efficient, latency, speedup, compression, GPU, inference cost, computational cost, memory usage,
            distillation, acceleration, overhead, hardware, low-rank, cache, serving, decoding, budget, energy""",
        title="""efficient, efficiency, fast, faster, accelerating, compression, compressing, lightweight,
            distillation""",
    ),
    TopicEntry(
        "architecture",
        strong="""mixture of experts, MoE, state space model, Mamba, linear attention, diffusion language model,
            masked diffusion, discrete diffusion, positional encoding, position embedding, rotary, RoPE,
            transformer architecture, attention mechanism, self-attention, hybrid architecture, recurrent, expert
            routing, hyper-connection, looped transformer, residual connection, layer normalization, tokenization,
            tokenizer, byte-level, gated attention, dLLM""",
        plain="""transformer, architecture, attention, router, routing, expert, softmax, autoregressive, expressivity,
            token mixing, diffusion, denoising""",
        title="transformer, attention, architecture, expert, diffusion, expressive, expressivity",
    ),
    TopicEntry(
        "training",
        strong="""pre-training, pretraining, scaling law, continual pre-training, continued pre-training,
            mid-training, optimizer, Muon, AdamW, learning rate, training dynamics, training stability, model
            merging, distributed training, curriculum learning, catastrophic forgetting, continual learning,
            technical report, open-weight, compute-optimal, batch size, loss landscape, learning rate schedule, FP8
            training, small language model, scaling behavior""",
        plain="""training from scratch, checkpoint, convergence, warmup, pre-trained, pretrained, scaling, scaled,
            trillion token, billion token, training run, foundation model, gradient, generalization""",
        title="scaling, training, pretrained, optimization, optimizer, forgetting, learning dynamics",
    ),
    TopicEntry(
        "long context",
        strong="""long-context, context window, context length, length extrapolation, length generalization, long-term
            memory, memory system, memory management, memory-augmented, long document, needle-in-a-haystack,
            context compression, context engineering, lost in the middle, episodic memory, million token,
            long-sequence, conversational memory, sparse attention""",
        plain="memory, long-form, context management, long input, lengthy, 128K, 1M, persistent, summarization",
        title="memory, context, long, lengthy",
    ),
    TopicEntry(
        "multimodal",
        strong="""multimodal, multi-modal, vision-language, VLM, MLLM, LVLM, vision-language-action, VLA, visual
            question answering, VQA, visual reasoning, visual grounding, video understanding, image captioning,
            audio language model, speech language model, spoken language model, text-to-image, text-to-speech,
            text-to-video, speech recognition, omni-modal, CLIP, visual token, video generation, image generation,
            document understanding, OCR, chart understanding, speech LLM, audio LLM, spatial reasoning""",
        plain="""image, video, visual, vision, audio, speech, modality, modal, pixel, spoken, cross-modal, acoustic,
            3D""",
        title="visual, video, image, vision, audio, speech, spoken, perception, omni",
        setting=True,
    ),
    TopicEntry(
        "safety",
        strong="""jailbreak, jailbreaking, red teaming, prompt injection, backdoor, adversarial attack, safety
            alignment, LLM safety, AI safety, guardrail, harmful content, harmful, refusal, hallucination,
            hallucination detection, watermark, watermarking, toxicity, toxic, membership inference, data
            poisoning, privacy, differential privacy, bias mitigation, gender bias, social bias, stereotype,
            fairness, misinformation, disinformation, deception, deceptive, sycophancy, sycophantic, misalignment,
            emergent misalignment, unlearning, trustworthiness, trustworthy, machine-generated text detection,
            AI-generated text, copyright, oversight, factuality, hate speech, malicious, moderation, AI governance,
            scheming, safety evaluation""",
        plain="""safety, safe, attack, attacker, defense, vulnerability, risk, threat, bias, ethical, ethics, moral,
            adversarial, security, leakage, unsafe, robustness, truthfulness, truthful, uncertainty, confidence,
            calibration, fact-checking, governance, trust, persuasion""",
        title="""safety, safe, attack, attacking, defense, bias, risk, security, secure, trust, privacy, adversarial,
            uncertainty, harm, ethics, ethical, moral, fair, poisoning, leak, detecting""",
    ),
    TopicEntry(
        "code",
        strong="""code generation, code LLM, program synthesis, software engineering, SWE-bench, coding agent, program
            repair, bug fixing, code review, code completion, code search, text-to-SQL, NL2SQL, vulnerability
            detection, unit test generation, test generation, issue resolution, code translation, competitive
            programming, LiveCodeBench, HumanEval, repository-level, Verilog, RTL, smart contract, static analysis,
            vibe coding, pull request, GitHub Copilot, code understanding, code reasoning, fuzzing, Claude Code,
            software development, source code, decompilation, CUDA kernel, kernel generation""",
        plain="""code, coding, programming, program, developer, software, repository, compiler, GitHub, bug, Python,
            SQL, test case""",
        title="code, coding, program, programming, software, repository, developer, SQL, compiler",
    ),
    TopicEntry(
        "data",
        strong="""synthetic data, data synthesis, data selection, data curation, data mixture, data mixing, data
            quality, pretraining data, training data, instruction data, data generation, data augmentation,
            deduplication, data filtering, data contamination, web corpus, data pruning, open dataset, training
            corpus, data annotation, high-quality data, data attribution, model collapse, data pipeline, synthetic
            dataset, data-centric""",
        plain="""dataset, data, annotation, annotated, annotator, curated, corpus, corpora, crowdsourced, filtering,
            collection""",
        title="data, dataset, corpus, corpora, annotation, synthetic, curation",
    ),
    TopicEntry(
        "multilingual",
        strong="""multilingual, low-resource language, cross-lingual, machine translation, code-switching, bilingual,
            Indic, African language, Arabic, Hindi, Vietnamese, Korean, Indonesian, Turkish, Persian, Bengali,
            Urdu, Swahili, dialect, language transfer, under-resourced, translation quality, transliteration,
            non-English, endangered language, language-specific, Ukrainian, Thai, Tibetan, Sanskrit, Greek, Hebrew""",
        plain="""language family, translation, English, Chinese, Japanese, German, Spanish, Russian, cultural,
            culture, linguistic, morphology""",
        title="translation, translating, cultural, culture, Chinese, Japanese, Russian, German",
        setting=True,
    ),
    TopicEntry(
        "evaluation",
        strong="""LLM-as-a-judge, LLM as judge, LLM judge, evaluation framework, evaluation benchmark, benchmarking,
            systematic evaluation, new benchmark, novel benchmark, comprehensive benchmark, leaderboard, benchmark
            design, human evaluation, automatic evaluation, evaluation metric, evaluation protocol, item response
            theory, benchmark contamination, comprehensive evaluation, empirical evaluation, evaluation suite,
            meta-evaluation, diagnostic benchmark, capability evaluation, evaluation methodology, construct
            validity, psychometric""",
        plain="""we evaluate, we benchmark, benchmark comprising, benchmark designed, we introduce a benchmark,
            rubric, we assess, judge, frontier model, expert-annotated, reveal that, systematically evaluate,
            reliability, consistency, human judgment, annotator agreement""",
        title="""benchmark, benchmarking, evaluating, evaluation, assessing, bench, measuring, judge, assessment,
            metric, how well, can LLM, do LLM, can language model, do language model, comparative, auditing,
            reliability""",
    ),
    TopicEntry(
        APPLICATIONS,
        strong="""medical, clinical, clinician, healthcare, patient, radiology, biomedical, diagnosis, electronic
            health record, mental health, legal, law, finance, financial, stock, trading, education, educational,
            student, tutoring, recommendation, recommender system, e-commerce, time series, chemistry, molecule,
            molecular, protein, materials science, drug discovery, genomic, biology, robotics, robot, robotic
            manipulation, autonomous driving, traffic, wireless, telecom, power grid, smart grid, climate,
            geospatial, agriculture, manufacturing, industrial, social media, journalism, political, advertising,
            customer service, tabular data, social science, public health, remote sensing, cybersecurity,
            scientific discovery, game design, urban, supply chain, insurance, tax, anomaly detection, sentiment
            analysis, humanities, fault diagnosis, construction industry, aviation""",
        plain="""domain-specific, real-world deployment, practitioner, case study, user study, hospital, teacher,
            physics, engineering, classification, extraction, forecasting, prediction, survey, stakeholder,
            industry, patent""",
        title="""clinical, medical, health, legal, financial, education, robot, forecasting, recommendation,
            scientific, science, physics, conversational, social, extraction, classification""",
        setting=True,
    ),
)  # fmt: skip


LANGUAGE_MODELS = {
    "sure": """language model, language modeling, language modelling, large multimodal model, LMM, LLM, MLLM, LVLM,
        VLM, SLM, LRM, dLLM, VLLM, GPT, ChatGPT, LLaMA, Qwen, DeepSeek, reasoning model, chatbot, GPT4, OpenAI,
        BERT, pretrained language""",
    "likely": """retrieval-augmented, RAG, GraphRAG, chain-of-thought, CoT, in-context learning, RLHF, RLVR, GRPO,
        direct preference optimization, instruction tuning, instruction following, prompt engineering, prompting,
        speculative decoding, KV cache, jailbreak, jailbreaking, agentic, coding agent, AI agent, prompt injection,
        LoRA, tokenizer, diffusion language, process reward, test-time scaling, tool calling, function calling,
        deep research, GUI agent, computer use, next-token prediction, text-to-SQL, Claude, Gemini, Mistral, AI
        assistant, SWE-bench, conversational AI, LiveCodeBench, vision-language-action, AI coding, vibe coding,
        model context protocol, generative AI, GenAI, RLAIF, word embedding, Whisper""",
    "hint": """mixture of experts, MoE, foundation model, transformer, machine translation, text generation, prompt,
        question answering, long-context, hallucination, natural language processing, NLP, autoregressive,
        post-training, reward model, pre-training, pretraining, verifiable reward, reasoning, tokenization,
        dialogue, summarization, attention head, sparse autoencoder, mechanistic interpretability, scaling law""",
}
"""What shows that a paper is about language models at all, by how surely one mention shows it."""
