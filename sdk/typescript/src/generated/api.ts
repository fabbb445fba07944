/** Types alone, made by types.mjs from the API's document. */
export interface paths {
    "/treasury/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get balance
         * @description The balance of an org, now or as it was recorded before a time. For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["getBalance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List entries
         * @description The entries of an org, newest first: by pages, or all of them as CSV. For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["listEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/packs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List packs
         * @description The credit packs that can be bought. Every signed-in caller may call this.
         */
        get: operations["listPacks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List orders
         * @description The orders of an org, newest first. For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["listOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get order
         * @description An order, with its timeline. For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["getOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update order
         * @description Changes the notes on an order. For callers of the org. Keys need the scope `treasury:admin`.
         */
        patch: operations["updateOrder"];
        trace?: never;
    };
    "/treasury/orders/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel order
         * @description Cancels an order that nothing was paid for. For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["cancelOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/checkout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create checkout
         * @description Opens a card checkout for a pack or an amount. For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["createCheckout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/register-sender": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register sender
         * @description Binds an address that the org sends from. For callers of the org. Keys need the scope `treasury:admin` or `treasury:spend`.
         */
        post: operations["registerSender"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/senders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List senders
         * @description The senders of an org, newest first. For callers of the org. Keys need the scope `treasury:admin` or `treasury:spend`.
         */
        get: operations["listSenders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/senders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete sender
         * @description Unbinds a sender. For callers of the org. Keys need the scope `treasury:admin` or `treasury:spend`.
         */
        delete: operations["deleteSender"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/sender-challenge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create sender challenge
         * @description What to sign to prove that the org owns a sender. For callers of the org. Keys need the scope `treasury:admin` or `treasury:spend`.
         */
        post: operations["createSenderChallenge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/deposits/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Claim deposit
         * @description Claims an unmatched deposit with a signature of its sender. For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["claimDeposit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/create-wallet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create deposit addresses
         * @description Gives the org its own deposit addresses. For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["createDepositAddresses"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/wallet-info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get deposit addresses
         * @description The org's deposit address on each chain, and its balance there. For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["getDepositAddresses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/deposits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List deposits
         * @description The deposits of an org, each with its progress towards credit. For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["listDeposits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/deposits/trace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Trace deposit
         * @description Why a transaction was or was not credited. For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["traceDeposit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List holds
         * @description The holds of an org, newest first. For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["listHolds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/heartbeat-hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Heartbeat hold
         * @description Keeps a hold alive whose owner has to report. For callers of the org. Keys need the scope `treasury:spend`.
         */
        post: operations["heartbeatHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run batch
         * @description Up to 1,000 commands, each decided separately. For callers of the org. Keys need the scope `treasury:spend`.
         */
        post: operations["runBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/check-balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check balance
         * @description Whether an amount could be spent at this moment; moves nothing. For callers of the org. Keys need the scope `treasury:spend`.
         */
        post: operations["checkBalance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/quote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get quote
         * @description What a quantity of a priced action costs. For callers of the org. Keys need the scope `treasury:read` or `treasury:spend`.
         */
        get: operations["getQuote"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get settings
         * @description The settings of an org. For callers of the org. Keys need the scope `treasury:admin`.
         */
        get: operations["getSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update settings
         * @description Changes settings of an org; a higher ceiling for free gift cards may wait for an approval. For callers of the org. Keys need the scope `treasury:admin`.
         */
        patch: operations["updateSettings"];
        trace?: never;
    };
    "/treasury/auto-refill": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get auto refill
         * @description The setting of auto-refill, and the consent to it. For callers of the org. Keys need the scope `treasury:admin`.
         */
        get: operations["getAutoRefill"];
        /**
         * Set auto refill
         * @description Turns auto-refill on or off, and changes its terms. For callers of the org. Keys need the scope `treasury:admin`.
         */
        put: operations["setAutoRefill"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/debit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create debit
         * @description Debits what a service costs. For callers of the org. Keys need the scope `treasury:spend`.
         */
        post: operations["createDebit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create hold
         * @description Reserves money, or one free gift card. For callers of the org. Keys need the scope `treasury:spend`.
         */
        post: operations["createHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/consume-hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Capture hold
         * @description Debits the actual cost out of a hold and, when final, frees the rest. For callers of the org. Keys need the scope `treasury:spend`.
         */
        post: operations["captureHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/release-hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release hold
         * @description Frees a hold without a debit. For callers of the org. Keys need the scope `treasury:spend`.
         */
        post: operations["releaseHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/extend-hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Extend hold
         * @description Makes a hold last this long from now on. For callers of the org. Keys need the scope `treasury:spend`.
         */
        post: operations["extendHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/grow-hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Grow hold
         * @description Adds money to a hold: so much, or until it has so much left. For callers of the org. Keys need the scope `treasury:spend`.
         */
        post: operations["growHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report usage
         * @description Reports up to 1,000 events of usage, each charged once, at the price of its own time. For callers of the org. Keys need the scope `treasury:spend`.
         */
        post: operations["reportUsage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/budgets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List budgets
         * @description The budgets of an org, with what is used, reserved and left of them. For callers of the org. Keys need the scope `treasury:admin`.
         */
        get: operations["listBudgets"];
        put?: never;
        /**
         * Create budget
         * @description Creates a budget of an org, which counts from the next spend on. For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["createBudget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/budgets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete budget
         * @description Deletes a budget: it counts and refuses nothing from the next spend on. For callers of the org. Keys need the scope `treasury:admin`.
         */
        delete: operations["deleteBudget"];
        options?: never;
        head?: never;
        /**
         * Update budget
         * @description Changes the name, limit, mode or warning of a budget; what it has counted stays. For callers of the org. Keys need the scope `treasury:admin`.
         */
        patch: operations["updateBudget"];
        trace?: never;
    };
    "/treasury/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Explain decision
         * @description Why a command was accepted or refused, and what would have turned that round. For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["explainDecision"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orgs/{org}/billing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get org billing
         * @description The billing settings of an org. For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["getOrgBilling"];
        /**
         * Put org billing
         * @description Changes billing settings; what is left out stays. A free tier above the limit waits for an approval. For callers of the org. Keys need the scope `treasury:admin`.
         */
        put: operations["putOrgBilling"];
        /**
         * Update org billing
         * @description Changes billing settings; what is left out stays. A free tier above the limit waits for an approval. For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["updateOrgBilling"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orgs/{org}/wallet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get org wallet
         * @description What an org can spend. For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["getOrgWallet"];
        put?: never;
        /**
         * Create org transaction
         * @description Charges an org, or records money that came in by hand; above the limit a deposit waits for an approval. For callers of the org. In the app it needs a sign-in of the last 10 minutes.
         */
        post: operations["createOrgTransaction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orgs/{org}/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List org transactions
         * @description What moved the wallet of an org, newest first. For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["listOrgTransactions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orgs/{org}/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List products
         * @description The products of an org in the mode of its key, newest first. For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["listProducts"];
        put?: never;
        /**
         * Create product
         * @description Makes a product, and its counterpart in the org's Stripe account. For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["createProduct"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orgs/{org}/products/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get product
         * @description A product of an org. For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["getProduct"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update product
         * @description Renames a product, takes it out of sale or puts it back. For callers of the org. Keys need the scope `treasury:admin`.
         */
        patch: operations["updateProduct"];
        trace?: never;
    };
    "/orgs/{org}/checkout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create product checkout
         * @description Opens a card checkout for a product, on the org's own account. For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["createProductCheckout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orgs/{org}/checkout/{session}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify product checkout
         * @description Asks Stripe what became of a checkout, and credits it once if it is paid. For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["verifyProductCheckout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/io/wallet/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get user wallet
         * @description What a user can spend. For people, about what is their own, and for keys of the platform, about any user. Keys need the scope `treasury:spend`.
         */
        get: operations["getUserWallet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/io/wallet/deduct": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deduct from user wallet
         * @description Charges a user for a feature, or answers that the balance does not do. For keys of the platform. Keys need the scope `treasury:spend`.
         */
        post: operations["deductFromUserWallet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/io/wallet/topup-session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create top up session
         * @description Opens a card checkout for a user. For keys of the platform. Keys need the scope `treasury:spend`.
         */
        post: operations["createTopUpSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/io/wallet/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List user wallet transactions
         * @description What moved a user's wallet, newest first. For people, about what is their own, and for keys of the platform, about any user. Keys need the scope `treasury:spend`.
         */
        get: operations["listUserWalletTransactions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/io/wallet/rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List rates
         * @description What features cost now. Anyone may call this.
         */
        get: operations["listRates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credits/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get credits balance
         * @description What the caller can spend. For people, about what is their own.
         */
        get: operations["getCreditsBalance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credits/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List credits transactions
         * @description What moved the caller's wallet, newest first. For people, about what is their own.
         */
        get: operations["listCreditsTransactions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credits/deduct": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deduct credits
         * @description Charges a user whole credits. For keys of the platform. Keys need the scope `treasury:spend`.
         */
        post: operations["deductCredits"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/checkin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check in
         * @description The day's free credits. For people, about what is their own.
         */
        post: operations["checkIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credits/redeem": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Redeem coupon
         * @description Redeems a coupon. For people, about what is their own.
         */
        post: operations["redeemCoupon"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List credits orders
         * @description The caller's orders, newest first. For people, about what is their own.
         */
        get: operations["listCreditsOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get credits order
         * @description One of the caller's orders. For people, about what is their own.
         */
        get: operations["getCreditsOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payment/create-session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create payment session
         * @description Opens a card checkout for credits, or for a plan. For people, about what is their own.
         */
        post: operations["createPaymentSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscription": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get subscription
         * @description The caller's subscription, its state and what comes next; null where they never had one. For people, about what is their own.
         */
        get: operations["getSubscription"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscription/change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change subscription
         * @description Changes the plan: an upgrade now at its full price, anything else from the next period on. For people, about what is their own.
         */
        post: operations["changeSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscription/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel subscription
         * @description Ends the subscription with its period, or at once where nothing is paid; closes a checkout that is not paid. For people, about what is their own.
         */
        post: operations["cancelSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscription/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume subscription
         * @description Takes a cancellation back, or lets a paused subscription go on. For people, about what is their own.
         */
        post: operations["resumeSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscription/portal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open subscription portal
         * @description Opens the provider's page where the caller changes their card and sees their invoices. For people, about what is their own.
         */
        post: operations["openSubscriptionPortal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscription/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List offered plans
         * @description What is for sale. For people, about what is their own.
         */
        get: operations["listOfferedPlans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/credits/manual": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adjust credits
         * @description Gives or takes credits by hand, with a reason; what is given above the limit waits for an approval. For admin keys and platform admins.
         */
        post: operations["adjustCredits"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/credits/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all credits transactions
         * @description What moved the wallets of users, newest first. For admin keys and platform admins.
         */
        get: operations["listAllCreditsTransactions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get statement
         * @description The statement of a month or another period: opening, movements by type and service, closing. For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["getStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List own keys
         * @description The keys of an org, newest first, without their secrets. For callers of the org. Keys need the scope `treasury:admin`.
         */
        get: operations["listOwnKeys"];
        put?: never;
        /**
         * Create own key
         * @description Creates a key of an org, which is shown only in this answer. For callers of the org. Keys need the scope `treasury:admin`. In the app it needs a sign-in of the last 10 minutes.
         */
        post: operations["createOwnKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke own key
         * @description Revokes a key of an org permanently; it stays listed. For callers of the org. Keys need the scope `treasury:admin`. In the app it needs a sign-in of the last 10 minutes.
         */
        delete: operations["revokeOwnKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List members
         * @description The people who were seen signed in for an org, newest first. For callers of the org. Keys need the scope `treasury:admin`.
         */
        get: operations["listMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/orgs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List orgs
         * @description The orgs, newest first. For admin keys and platform admins.
         */
        get: operations["listOrgs"];
        put?: never;
        /**
         * Create org
         * @description Creates an org. For admin keys and platform admins.
         */
        post: operations["createOrg"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/orgs/{org}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get org
         * @description An org, its balance, and when it was suspended by hand. For admin keys and platform admins.
         */
        get: operations["getOrg"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update org
         * @description Changes an org; suspends and resumes it. For admin keys and platform admins.
         */
        patch: operations["updateOrg"];
        trace?: never;
    };
    "/admin/orgs/{org}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close org
         * @description Closes an org: nothing new is spent or credited, its keys are revoked; answers what is left to be booked. For admin keys and platform admins.
         */
        post: operations["closeOrg"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/orgs/{org}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reopen org
         * @description Reopens a closed org, which stays suspended until it is resumed. For admin keys and platform admins.
         */
        post: operations["reopenOrg"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List keys
         * @description The keys, newest first, without their secrets. For admin keys and platform admins.
         */
        get: operations["listKeys"];
        put?: never;
        /**
         * Create key
         * @description Creates a key, which is shown only in this answer. For admin keys and platform admins. In the app it needs a sign-in of the last 10 minutes.
         */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate key
         * @description Replaces a key with a new one; the old one stays valid for a while. For admin keys and platform admins. In the app it needs a sign-in of the last 10 minutes.
         */
        post: operations["rotateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get key
         * @description A key, without its secret. For admin keys and platform admins.
         */
        get: operations["getKey"];
        put?: never;
        post?: never;
        /**
         * Revoke key
         * @description Revokes a key permanently; it stays listed. For admin keys and platform admins. In the app it needs a sign-in of the last 10 minutes.
         */
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/orgs/{org}/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create entry
         * @description Books an entry by hand, with a reason; above the limit it waits for an approval. For admin keys and platform admins. In the app it needs a sign-in of the last 10 minutes.
         */
        post: operations["createEntry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List prices
         * @description The rows of the price book, the one added last first. For admin keys and platform admins.
         */
        get: operations["listPrices"];
        put?: never;
        /**
         * Create price
         * @description Adds a row to the price book; where there is a limit for bookings by hand, it waits for an approval. For admin keys and platform admins.
         */
        post: operations["createPrice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List events
         * @description Events from any position on, oldest first. For callers of the org. Keys need the scope `treasury:admin`.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhook endpoints
         * @description The webhook endpoints, newest first. For callers of the org. Keys need the scope `treasury:admin`.
         */
        get: operations["listWebhookEndpoints"];
        put?: never;
        /**
         * Create webhook endpoint
         * @description Adds an endpoint that events are sent to; only this answer shows its secret. For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["createWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate webhook secret
         * @description Gives an endpoint a new secret; the old one signs beside it for a while. For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get webhook endpoint
         * @description One webhook endpoint. For callers of the org. Keys need the scope `treasury:admin`.
         */
        get: operations["getWebhookEndpoint"];
        put?: never;
        post?: never;
        /**
         * Delete webhook endpoint
         * @description Removes an endpoint and the record of its deliveries. For callers of the org. Keys need the scope `treasury:admin`.
         */
        delete: operations["deleteWebhookEndpoint"];
        options?: never;
        head?: never;
        /**
         * Update webhook endpoint
         * @description Changes, disables or enables an endpoint. For callers of the org. Keys need the scope `treasury:admin`.
         */
        patch: operations["updateWebhookEndpoint"];
        trace?: never;
    };
    "/webhook-endpoints/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhook deliveries
         * @description The deliveries to an endpoint, and their results. For callers of the org. Keys need the scope `treasury:admin`.
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}/deliveries/{delivery}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Redeliver event
         * @description Sends an event once more. For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["redeliverEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send test event
         * @description Sends a test event. For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["sendTestEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List platform events
         * @description Events from any position on, oldest first. For admin keys and platform admins.
         */
        get: operations["listPlatformEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stream events
         * @description The log as server-sent events, from a position on. For callers of the org. Keys need the scope `treasury:admin`.
         */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stream platform events
         * @description The log as server-sent events, from a position on. For admin keys and platform admins.
         */
        get: operations["streamPlatformEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @example {
         *       "totalUsd": "99.65",
         *       "availableUsd": "74.65",
         *       "heldUsd": "25.00",
         *       "pendingUsd": "0.00",
         *       "debtUsd": "0.00",
         *       "frozenUsd": "0.00",
         *       "restricted": [],
         *       "nextExpiry": null,
         *       "freeGiftCards": 0,
         *       "status": "OK",
         *       "lowBalanceThresholdUsd": "20.00",
         *       "criticalThresholdUsd": "5.00",
         *       "at": "2026-01-31T12:00:00.000Z"
         *     }
         */
        Balance: {
            /**
             * @description What is available and what is held, in USD.
             * @example 10.50
             */
            totalUsd: string;
            /**
             * @description What can be spent, in USD; negative in debt.
             * @example 10.50
             */
            availableUsd: string;
            /**
             * @description What open holds keep, in USD.
             * @example 10.50
             */
            heldUsd: string;
            /**
             * @description What deposits bring that wait for their blocks, in USD.
             * @example 10.50
             */
            pendingUsd: string;
            /**
             * @description What is owed, in USD.
             * @example 10.50
             */
            debtUsd: string;
            /**
             * @description What disputes keep from being spent, in USD.
             * @example 10.50
             */
            frozenUsd: string;
            /** @description The part of it that is for some things only. */
            restricted: {
                /** @description The services it may pay for; null: every service. */
                services: string[] | null;
                /** @description The actions it may pay for; null: every action. */
                actions: string[] | null;
                /**
                 * @description What is left of it, in USD.
                 * @example 10.50
                 */
                availableUsd: string;
            }[];
            /** @description What ends next, on one day (UTC); null where nothing ends. */
            nextExpiry: {
                /**
                 * @description How much ends, in USD.
                 * @example 10.50
                 */
                amountUsd: string;
                /**
                 * Format: date-time
                 * @description When it ends.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                expiresAt: string;
            } | null;
            /** @description How many free gift cards there are. */
            freeGiftCards: number;
            /**
             * @description OK, LOW or CRITICAL (below the thresholds), SUSPENDED (nothing is left to spend).
             * @enum {string}
             */
            status: "OK" | "LOW" | "CRITICAL" | "SUSPENDED";
            /** @description Below it the balance is LOW, in USD; null: never. */
            lowBalanceThresholdUsd: string | null;
            /** @description Below it the balance is CRITICAL, in USD; null: never. */
            criticalThresholdUsd: string | null;
            /**
             * Format: date-time
             * @description The time that the balance is of.
             * @example 2026-01-31T12:00:00.000Z
             */
            at: string;
        };
        /** @enum {string} */
        EntryType: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
        /** @description The service that is charged. Each deployment has its own beside `AI_API`, `SKU_PURCHASE` and the like. */
        ServiceType: string;
        ListEntriesReply: {
            /** @description The entries, newest first. */
            entries: components["schemas"]["Entry"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        /**
         * @description A movement of a wallet, recorded for ever.
         * @example {
         *       "id": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
         *       "commandId": "cmd_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
         *       "type": "AI_API_CALL",
         *       "serviceType": "AI_API",
         *       "amountUsd": "-0.35",
         *       "availableDeltaUsd": "-0.35",
         *       "heldDeltaUsd": "0.00",
         *       "availableAfterUsd": "99.65",
         *       "heldAfterUsd": "0.00",
         *       "giftCardsDelta": 0,
         *       "giftCardsAvailableAfter": 0,
         *       "giftCardsHeldAfter": 0,
         *       "idempotencyKey": "chat-8812",
         *       "lotId": "lot_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_1",
         *       "lotLeftUsd": "99.65",
         *       "restrictedTo": null,
         *       "refundOf": null,
         *       "holdId": null,
         *       "parentHoldId": null,
         *       "depositId": null,
         *       "orderId": null,
         *       "txHash": null,
         *       "chain": null,
         *       "action": null,
         *       "quantity": null,
         *       "price": null,
         *       "reference": "chat-8812",
         *       "description": null,
         *       "appId": null,
         *       "userId": "user-17",
         *       "teamId": null,
         *       "metadata": null,
         *       "createdAt": "2026-01-31T12:00:00.000Z"
         *     }
         */
        Entry: {
            /**
             * @description The id of the entry.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            id: string;
            /**
             * @description The same on all entries that one command wrote.
             * @example cmd_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            commandId: string;
            /** @description What kind of entry it is. */
            type: components["schemas"]["EntryType"];
            /**
             * @description The service that is charged; null where none is.
             * @example AI_API
             */
            serviceType: string | null;
            /**
             * @description The amount in USD; negative where it leaves the wallet.
             * @example 10.50
             */
            amountUsd: string;
            /**
             * @description What it did to the available balance, in USD; signed.
             * @example 10.50
             */
            availableDeltaUsd: string;
            /**
             * @description What it did to the held balance, in USD; signed.
             * @example 10.50
             */
            heldDeltaUsd: string;
            /**
             * @description What could be spent after it, in USD.
             * @example 10.50
             */
            availableAfterUsd: string;
            /**
             * @description What open holds kept after it, in USD.
             * @example 10.50
             */
            heldAfterUsd: string;
            /** @description What it did to the number of free gift cards; signed. */
            giftCardsDelta: number;
            /** @description How many free gift cards could be used after it. */
            giftCardsAvailableAfter: number;
            /** @description How many free gift cards were held after it. */
            giftCardsHeldAfter: number;
            /**
             * @description The idempotency key of the command; null on entries of before it was kept.
             * @example order-8812-charge
             */
            idempotencyKey: string | null;
            /**
             * @description The lot that the entry opened, drew on or filled; null where there is none.
             * @example lot_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_12
             */
            lotId: string | null;
            /** @description What the lot had left after it, in USD; null where there is none. */
            lotLeftUsd: string | null;
            /** @description What alone the lot that the entry opened may pay for; null: everything. */
            restrictedTo: {
                /** @description The services it may pay for; null: every service. */
                services: string[] | null;
                /** @description The actions it may pay for; null: every action. */
                actions: string[] | null;
            } | null;
            /**
             * @description The first entry of the charge that the entry gives back; null for other entries.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_38
             */
            refundOf: string | null;
            /**
             * @description The hold that the entry is about; null for other entries.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
             */
            holdId: string | null;
            /**
             * @description The hold that the money of that hold came from; null where it came from the balance.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_38
             */
            parentHoldId: string | null;
            /** @description The id of the deposit; null where it is about none. */
            depositId: string | null;
            /** @description The id of the order; null where there is none. */
            orderId: string | null;
            /**
             * @description The hash of the transaction that the deposit came in; null for other entries.
             * @example 0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e
             */
            txHash: string | null;
            /**
             * @description The chain, as a CAIP-2 id; null where it is about none.
             * @example eip155:8453
             */
            chain: string | null;
            /**
             * @description The action of the price book; null where an amount was named.
             * @example chat
             */
            action: string | null;
            /**
             * @description How many units; null where an amount was named.
             * @example 1500
             */
            quantity: string | null;
            /** @description The row of the price book, its rate for a unit, and how their product was rounded. */
            price: {
                /**
                 * Format: uuid
                 * @description The id of the row of the price book.
                 */
                priceId: string;
                /**
                 * @description USD for a unit.
                 * @example 0.00002
                 */
                rateUsd: string;
                /**
                 * @description How the product was rounded.
                 * @constant
                 */
                rounding: "up";
            } | null;
            /**
             * @description The caller's own reference.
             * @example chat-8812
             */
            reference: string | null;
            /**
             * @description What it is for, in words.
             * @example Chat of the support desk
             */
            description: string | null;
            /**
             * @description The caller's app that spends.
             * @example desk
             */
            appId: string | null;
            /**
             * @description The user.
             * @example user-17
             */
            userId: string | null;
            /**
             * @description The team that spends.
             * @example support
             */
            teamId: string | null;
            /**
             * @description The pairs of text that the caller noted; null where there are none.
             * @example {
             *       "project": "atlas"
             *     }
             */
            metadata: {
                [key: string]: string;
            } | null;
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
        };
        ListPacksReply: {
            /** @description The credit packs. */
            packs: components["schemas"]["Pack"][];
        };
        Pack: {
            /**
             * @description The id of the pack.
             * @example starter
             */
            id: string;
            /**
             * @description The name that people read.
             * @example Starter
             */
            name: string;
            /**
             * @description What it costs and brings, in USD.
             * @example 10.50
             */
            amountUsd: string;
            /** @description How many free gift cards it brings. */
            freeGiftCards: number;
            /**
             * @description A line about the pack.
             * @example To try it out
             */
            tagline: string;
            /** @description Whether most buyers choose it. */
            popular: boolean;
        };
        ListOrdersReply: {
            /** @description The orders, newest first. */
            orders: components["schemas"]["Order"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        Order: {
            /**
             * Format: uuid
             * @description The id of the order.
             */
            id: string;
            /**
             * @description The state of the order.
             * @enum {string}
             */
            state: "created" | "awaiting_payment" | "processing" | "paid" | "credited" | "parked" | "failed" | "expired" | "cancelled";
            /**
             * @description Why; null when nothing needs saying.
             * @example amount_differs
             */
            reason: string | null;
            /**
             * @description How it is paid.
             * @enum {string}
             */
            channel: "chain" | "card" | "auto_refill";
            /**
             * @description The id of the credit pack; null where no pack was bought.
             * @example starter
             */
            packId: string | null;
            /** @description The id of the product; null where none was bought. */
            productId: string | null;
            /**
             * @description The price in USD.
             * @example 10.50
             */
            amountUsd: string;
            /** @description The price in cents. */
            priceCents: number;
            /**
             * @description The credit that it brings, in USD.
             * @example 10.50
             */
            creditUsd: string;
            /** @description How many free gift cards it brings. */
            giftCards: number;
            /** @description What was given back to the payer, in cents. */
            refundedCents: number;
            /**
             * @description The credit that was taken back, in USD.
             * @example 10.50
             */
            takenBackUsd: string;
            /** @description The dispute of the payment; null where there is none. */
            dispute: {
                /**
                 * @description The provider's word for its state.
                 * @example needs_response
                 */
                status: string;
                /** @description Until when it has to be answered; null where that is unknown. */
                dueBy: string | null;
            } | null;
            /**
             * @description The provider's page with the receipt; null where there is none.
             * @example https://pay.example/receipts/1
             */
            receiptUrl: string | null;
            /**
             * @description The number of the org's own purchase order; null without one.
             * @example PO-2026-118
             */
            poNumber: string | null;
            /** @description The pairs of text that the caller noted. */
            metadata: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Until when it can be paid.
             * @example 2026-01-31T12:00:00.000Z
             */
            expiresAt: string;
            /** @description What happened to it, in order. */
            timeline: {
                /**
                 * Format: date-time
                 * @description When it happened.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                at: string;
                /**
                 * @description What happened.
                 * @example paid
                 */
                what: string;
                /**
                 * @description Who reported it.
                 * @enum {string}
                 */
                source: "api" | "chain" | "provider" | "operator" | "clock";
            }[];
        };
        /**
         * @example {
         *       "poNumber": "PO-2026-118"
         *     }
         */
        UpdateOrderRequest: {
            /**
             * @description The number of the org's own purchase order; null removes it.
             * @example PO-2026-118
             */
            poNumber?: string | null;
            /** @description Replaces all metadata of the order. */
            metadata?: {
                [key: string]: string;
            };
        };
        CancelOrderRequest: Record<string, never>;
        CreateCheckoutRequest: {
            /**
             * @description The id of the pack that is bought; or `amountUsd` in its place.
             * @example starter
             */
            packId?: string;
            /**
             * @description What is bought, in whole cents; in place of packId.
             * @example 10.50
             */
            amountUsd?: string;
            /**
             * @description Where the payer goes after paying; `{CHECKOUT_SESSION_ID}` in it becomes the id of the checkout.
             * @example https://shop.example/paid
             */
            successUrl: string;
            /**
             * @description Where the payer goes without paying.
             * @example https://shop.example/cart
             */
            cancelUrl: string;
            /** @description The caller's own pairs of text, kept with the order. */
            metadata?: {
                [key: string]: string;
            };
            /** @description Keeps the payment method, so that auto-refill may be turned on. */
            savePaymentMethod?: boolean;
        };
        CreateCheckoutReply: {
            /**
             * @description Where the payer pays; null once the checkout is closed.
             * @example https://checkout.example/c/cs_1
             */
            url: string | null;
            /**
             * @description The id of the checkout.
             * @example cs_test_a1
             */
            sessionId: string;
            /**
             * Format: uuid
             * @description The id of the order.
             */
            orderId: string;
            /**
             * @description The idempotency key of the command.
             * @example order-8812-charge
             */
            idempotencyKey: string;
        };
        RegisterSenderRequest: {
            /**
             * @description The address on the chain.
             * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
             */
            address: string;
            /**
             * @description The chain, as a CAIP-2 id; left out: every configured chain of the family.
             * @example eip155:8453
             */
            chain?: string;
            /**
             * @description A name that people read.
             * @example Treasury
             */
            label?: string;
            /**
             * @description A credit pack that the next deposit is to pay for.
             * @example starter
             */
            packId?: string;
            /** @description The signed challenge. */
            proof?: {
                /**
                 * @description The message to sign: a text (EIP-191 personal_sign) on EVM, typed data (SNIP-12) on Starknet.
                 * @example coffer.example wants you to sign in with your Ethereum account:
                 *     0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
                 */
                message: string | {
                    /** @description The types of the typed data. */
                    types: {
                        [key: string]: {
                            /**
                             * @description The name of the field.
                             * @example org
                             */
                            name: string;
                            /**
                             * @description The type of the field.
                             * @example shortstring
                             */
                            type: string;
                        }[];
                    };
                    /**
                     * @description The name of the type that is signed.
                     * @example Challenge
                     */
                    primaryType: string;
                    /** @description The domain of the typed data. */
                    domain: {
                        [key: string]: string;
                    };
                    /** @description The message to sign: a text (EIP-191 personal_sign) on EVM, typed data (SNIP-12) on Starknet. */
                    message: {
                        [key: string]: string;
                    };
                };
                /**
                 * @description 0x and hex on EVM chains, a list of felts as text on Starknet.
                 * @example 0x1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b
                 */
                signature: string | string[];
            };
        };
        RegisterSenderReply: {
            /**
             * Format: uuid
             * @description The id of the sender.
             */
            senderId: string;
            /**
             * @description The address on the chain.
             * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
             */
            address: string;
            /**
             * @description The chain, as a CAIP-2 id; null: every configured chain of the family.
             * @example eip155:8453
             */
            chain: string | null;
            /** @description The chains on which deposits from it count. */
            chains: string[];
            /**
             * @description The name that people read; null without one.
             * @example Treasury
             */
            label: string | null;
            /**
             * @description `bound`, or `unproven` until a proof of ownership is given.
             * @enum {string}
             */
            state: "bound" | "unproven";
            /**
             * Format: date-time
             * @description When it was registered.
             * @example 2026-01-31T12:00:00.000Z
             */
            registeredAt: string;
            /** @description When the org last proved that it owns the address; null when it never did. */
            provenAt: string | null;
            /** @description Where to send: one address for each token and chain. */
            creditsAddresses: {
                /**
                 * @description The chain, as a CAIP-2 id.
                 * @example eip155:8453
                 */
                chain: string;
                /**
                 * @description The credits address to send to.
                 * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
                 */
                address: string;
                /**
                 * @description The address of the token contract.
                 * @example 0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913
                 */
                token: string;
                /**
                 * @description The symbol of the token.
                 * @example USDC
                 */
                symbol: string;
                /** @description How long a deposit usually takes to be credited, in seconds, as the deployment says; null when it does not. */
                expectedSeconds: number | null;
            }[];
            /** @description The longest of those of the addresses, in seconds; null when one of them is unknown. */
            expectedSeconds: number | null;
            /**
             * Format: uuid
             * @description The order that the deposit is to pay, where a pack was named.
             */
            orderId?: string;
            /**
             * @description What an unproven sender still needs.
             * @example sign the challenge to prove that you own the address
             */
            note?: string;
            /** @description The message to sign, for an unproven sender. */
            challenge?: components["schemas"]["SenderChallenge"];
        };
        SenderChallenge: {
            /**
             * @description The chain, as a CAIP-2 id.
             * @example eip155:8453
             */
            chain: string;
            /**
             * @description The address whose owner signs.
             * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
             */
            address: string;
            /**
             * @description What the signature is for.
             * @enum {string}
             */
            purpose: "register" | "claim";
            /**
             * @description The transaction whose deposit is claimed; null otherwise.
             * @example 0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e
             */
            txHash: string | null;
            /**
             * @description The message to sign: a text (EIP-191 personal_sign) on EVM, typed data (SNIP-12) on Starknet.
             * @example coffer.example wants you to sign in with your Ethereum account:
             *     0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
             */
            message: string | {
                /** @description The types of the typed data. */
                types: {
                    [key: string]: {
                        /**
                         * @description The name of the field.
                         * @example org
                         */
                        name: string;
                        /**
                         * @description The type of the field.
                         * @example shortstring
                         */
                        type: string;
                    }[];
                };
                /**
                 * @description The name of the type that is signed.
                 * @example Challenge
                 */
                primaryType: string;
                /** @description The domain of the typed data. */
                domain: {
                    [key: string]: string;
                };
                /** @description The message to sign: a text (EIP-191 personal_sign) on EVM, typed data (SNIP-12) on Starknet. */
                message: {
                    [key: string]: string;
                };
            };
            /**
             * Format: date-time
             * @description When it was issued.
             */
            issuedAt: string;
            /**
             * Format: date-time
             * @description Until when the signature is taken.
             */
            expiresAt: string;
        };
        ListSendersReply: {
            /** @description The senders, newest first. */
            senders: components["schemas"]["Sender"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        Sender: {
            /**
             * Format: uuid
             * @description The id of the sender.
             */
            senderId: string;
            /**
             * @description The address on the chain.
             * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
             */
            address: string;
            /**
             * @description The chain, as a CAIP-2 id; null: every configured chain of the family.
             * @example eip155:8453
             */
            chain: string | null;
            /** @description The chains on which deposits from it count. */
            chains: string[];
            /**
             * @description The name that people read; null without one.
             * @example Treasury
             */
            label: string | null;
            /**
             * @description `bound`, or `unproven` until a proof of ownership is given.
             * @enum {string}
             */
            state: "bound" | "unproven";
            /**
             * Format: date-time
             * @description When it was registered.
             * @example 2026-01-31T12:00:00.000Z
             */
            registeredAt: string;
            /** @description When the org last proved that it owns the address; null when it never did. */
            provenAt: string | null;
        };
        CreateSenderChallengeRequest: components["schemas"]["RegistrationChallengeRequest"] | components["schemas"]["ClaimChallengeRequest"];
        RegistrationChallengeRequest: {
            /**
             * @description What the signature is for. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            purpose: "register";
            /**
             * @description The address on the chain.
             * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
             */
            address: string;
            /**
             * @description The chain, as a CAIP-2 id.
             * @example eip155:8453
             */
            chain?: string;
        };
        ClaimChallengeRequest: {
            /**
             * @description What the signature is for. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            purpose: "claim";
            /**
             * @description The address on the chain.
             * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
             */
            address: string;
            /**
             * @description The chain, as a CAIP-2 id.
             * @example eip155:8453
             */
            chain: string;
            /**
             * @description The hash of the transaction.
             * @example 0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e
             */
            txHash: string;
        };
        ClaimDepositRequest: {
            /**
             * @description The hash of the transaction.
             * @example 0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e
             */
            txHash: string;
            /**
             * @description The chain, as a CAIP-2 id.
             * @example eip155:8453
             */
            chain: string;
            /** @description The signed challenge. */
            proof: {
                /**
                 * @description The message to sign: a text (EIP-191 personal_sign) on EVM, typed data (SNIP-12) on Starknet.
                 * @example coffer.example wants you to sign in with your Ethereum account:
                 *     0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
                 */
                message: string | {
                    /** @description The types of the typed data. */
                    types: {
                        [key: string]: {
                            /**
                             * @description The name of the field.
                             * @example org
                             */
                            name: string;
                            /**
                             * @description The type of the field.
                             * @example shortstring
                             */
                            type: string;
                        }[];
                    };
                    /**
                     * @description The name of the type that is signed.
                     * @example Challenge
                     */
                    primaryType: string;
                    /** @description The domain of the typed data. */
                    domain: {
                        [key: string]: string;
                    };
                    /** @description The message to sign: a text (EIP-191 personal_sign) on EVM, typed data (SNIP-12) on Starknet. */
                    message: {
                        [key: string]: string;
                    };
                };
                /**
                 * @description 0x and hex on EVM chains, a list of felts as text on Starknet.
                 * @example 0x1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b
                 */
                signature: string | string[];
            };
        };
        ClaimDepositReply: {
            /**
             * @description The chain, as a CAIP-2 id.
             * @example eip155:8453
             */
            chain: string;
            /**
             * @description The hash of the transaction.
             * @example 0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e
             */
            txHash: string;
            /**
             * @description The address that sent the transfer.
             * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
             */
            fromAddress: string;
            /** @description The org's deposits in this transaction from this sender; those still `confirming` are credited later. */
            deposits: {
                /**
                 * Format: uuid
                 * @description The id of the deposit.
                 */
                id: string;
                /** @description The position of the transfer among the logs of its transaction. */
                ordinal: number;
                /**
                 * @description The address of the token contract.
                 * @example 0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913
                 */
                token: string;
                /**
                 * @description The amount in USD.
                 * @example 10.50
                 */
                amountUsd: string;
                /**
                 * @description The state of the deposit.
                 * @example confirming
                 */
                state: string;
            }[];
        };
        CreateDepositAddressesRequest: {
            /**
             * @description The chain, as a CAIP-2 id. Left out: one address for each family of the configured chains.
             * @example eip155:8453
             */
            chain?: string;
        };
        CreateDepositAddressesReply: {
            /**
             * @description The address.
             * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
             */
            address: string;
            /**
             * @description The chain of `address`: the named one, else the first Starknet chain, else the first chain.
             * @example eip155:8453
             */
            chain: string;
            /** @description The addresses of the org. */
            wallets: {
                /**
                 * @description The family of chains.
                 * @enum {string}
                 */
                family: "eip155" | "starknet";
                /**
                 * @description The address.
                 * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
                 */
                address: string;
                /** @description The chains on which it can receive: every configured chain of the family. */
                chains: string[];
                /**
                 * Format: date-time
                 * @description When it was created.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                createdAt: string;
            }[];
        };
        GetDepositAddressesReply: {
            /**
             * @description The address; null while it is not created.
             * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
             */
            address: string | null;
            /**
             * @description The chain of `address`: the first Starknet chain, else the first chain; null where no chain is configured.
             * @example eip155:8453
             */
            chain: string | null;
            /** @description The addresses of the org. */
            wallets: {
                /**
                 * @description The chain, as a CAIP-2 id.
                 * @example eip155:8453
                 */
                chain: string;
                /** @description Whether the address exists. */
                created: boolean;
                /**
                 * @description The address; null while it is not created.
                 * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
                 */
                address: string | null;
                /** @description When it was created; null while it is not. */
                createdAt: string | null;
                /** @description Whether the address has a contract: never on EVM; on Starknet after its account first sent. Null if unknown. */
                deployed: boolean | null;
                /** @description The balance of each token. */
                balances: {
                    /**
                     * @description The symbol of the token.
                     * @example USDC
                     */
                    symbol: string;
                    /**
                     * @description The address of the token contract.
                     * @example 0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913
                     */
                    token: string;
                    /** @description The balance on the chain now, in USD; null when no node of the chain answers. */
                    balanceUsd: string | null;
                }[];
            }[];
        };
        ListDepositsReply: {
            /** @description The deposits. */
            deposits: components["schemas"]["Deposit"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        Deposit: {
            /**
             * Format: uuid
             * @description The id of the deposit.
             */
            id: string;
            /**
             * @description How far it is, such as `confirming` or `credited`.
             * @example credited
             */
            state: string;
            /**
             * @description Why it is in this state; null when the state says enough.
             * @example below_minimum
             */
            reason: string | null;
            /**
             * @description The amount in USD.
             * @example 10.50
             */
            amountUsd: string;
            /**
             * @description The chain, as a CAIP-2 id.
             * @example eip155:8453
             */
            chain: string;
            /**
             * @description The address of the token contract.
             * @example 0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913
             */
            token: string;
            /**
             * @description The hash of the transaction on the chain.
             * @example 0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e
             */
            txHash: string;
            /** @description The position of the transfer among the logs of its transaction. */
            ordinal: number;
            /**
             * @description The address that sent the transfer.
             * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
             */
            fromAddress: string;
            /**
             * @description The address that received the transfer.
             * @example 0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359
             */
            toAddress: string;
            /** @description The number of the block. */
            blockNumber: number;
            /**
             * Format: date-time
             * @description The time of the block.
             * @example 2026-01-31T12:00:00.000Z
             */
            blockTime: string;
            /** @description How many blocks are above that of the deposit; null while that is unknown. */
            confirmations: number | null;
            /** @description How many blocks have to be above it; null while that is unknown. */
            confirmationsNeeded: number | null;
            /** @description Seconds until it has enough confirmations, at its chain's pace; null when unknown or when it waits for none. */
            estimatedSeconds: number | null;
            /** @description Whether it was credited early, within the org's provisional limit, and its chain could still undo it. */
            provisional: boolean;
            /**
             * @description The entry that credited it; null while it is not credited.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            entryId: string | null;
            /** @description The order that it pays; null where it pays none. */
            orderId: string | null;
            /**
             * Format: date-time
             * @description When it was first seen.
             * @example 2026-01-31T12:00:00.000Z
             */
            observedAt: string;
            /** @description When it was credited; null while it is not. */
            creditedAt: string | null;
        };
        TraceDepositReply: {
            /**
             * @description The hash of the transaction.
             * @example 0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e
             */
            txHash: string;
            /** @description Whether any transfer of the transaction has been seen for this org. */
            found: boolean;
            /**
             * @description What is known, and what to do next, for people.
             * @example The transfer waits for 3 more blocks.
             */
            explanation: string;
            /** @description The transfers of the transaction that concern the org. */
            transfers: {
                /**
                 * Format: uuid
                 * @description The id of the deposit.
                 */
                id: string;
                /**
                 * @description How far it is, such as `confirming` or `credited`.
                 * @example credited
                 */
                state: string;
                /**
                 * @description Why it is in this state; null when the state says enough.
                 * @example below_minimum
                 */
                reason: string | null;
                /** @description The amount in USD; null when the token is not one that is credited, since its units are not dollars. */
                amountUsd: string | null;
                /**
                 * @description The chain, as a CAIP-2 id.
                 * @example eip155:8453
                 */
                chain: string;
                /**
                 * @description The address of the token contract.
                 * @example 0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913
                 */
                token: string;
                /**
                 * @description The hash of the transaction on the chain.
                 * @example 0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e
                 */
                txHash: string;
                /** @description The position of the transfer among the logs of its transaction. */
                ordinal: number;
                /**
                 * @description The address that sent the transfer.
                 * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
                 */
                fromAddress: string;
                /**
                 * @description The address that received the transfer.
                 * @example 0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359
                 */
                toAddress: string;
                /** @description The number of the block. */
                blockNumber: number;
                /**
                 * Format: date-time
                 * @description The time of the block.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                blockTime: string;
                /** @description How many blocks are above that of the deposit; null while that is unknown. */
                confirmations: number | null;
                /** @description How many blocks have to be above it; null while that is unknown. */
                confirmationsNeeded: number | null;
                /** @description Seconds until it has enough confirmations, at its chain's pace; null when unknown or when it waits for none. */
                estimatedSeconds: number | null;
                /** @description Whether it was credited early, within the org's provisional limit, and its chain could still undo it. */
                provisional: boolean;
                /**
                 * @description The entry that credited it; null while it is not credited.
                 * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
                 */
                entryId: string | null;
                /** @description The order that it pays; null where it pays none. */
                orderId: string | null;
                /**
                 * Format: date-time
                 * @description When it was first seen.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                observedAt: string;
                /** @description When it was credited; null while it is not. */
                creditedAt: string | null;
                /**
                 * @description The amount in base units of the token.
                 * @example 10000000
                 */
                amountUnits: string;
                /**
                 * @description The symbol of the token; null for a token that is not configured.
                 * @example USDC
                 */
                symbol: string | null;
                /**
                 * @description What came of the transfer.
                 * @enum {string}
                 */
                outcome: "credited" | "waiting" | "not_credited" | "taken_back";
                /**
                 * @description What is known, and what to do next, for people.
                 * @example The transfer waits for 3 more blocks.
                 */
                explanation: string;
            }[];
            /** @description Whether the transaction has more transfers than these. */
            more: boolean;
        };
        ListHoldsReply: {
            /** @description The holds, newest first. */
            holds: components["schemas"]["Hold"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        Hold: {
            /**
             * @description The id of the hold.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
             */
            holdId: string;
            /**
             * @description `open`, or what ended it; capturedUsd says how much of it was captured before.
             * @enum {string}
             */
            state: "open" | "captured" | "released" | "expired";
            /**
             * @description The service that is charged.
             * @example AI_API
             */
            serviceType: string;
            /** @description Whether a free gift card is held in place of money. */
            useGiftCard: boolean;
            /**
             * @description What is held, in USD; zero when a free gift card is held instead.
             * @example 10.50
             */
            amountUsd: string;
            /**
             * @description What it has left, in USD.
             * @example 10.50
             */
            leftUsd: string;
            /**
             * @description What was captured of the hold, in USD.
             * @example 10.50
             */
            capturedUsd: string;
            /**
             * @description What its open children hold, in USD.
             * @example 10.50
             */
            childrenUsd: string;
            /**
             * @description The hold that it draws from; null where it draws on the balance.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_38
             */
            parentHoldId: string | null;
            /**
             * @description The caller's own reference.
             * @example chat-8812
             */
            reference: string | null;
            /**
             * @description What it is for, in words.
             * @example Chat of the support desk
             */
            description: string | null;
            /**
             * @description The caller's app that spends.
             * @example desk
             */
            appId: string | null;
            /**
             * @description The user.
             * @example user-17
             */
            userId: string | null;
            /**
             * @description The team that spends.
             * @example support
             */
            teamId: string | null;
            /**
             * @description The pairs of text that the caller noted; null where there are none.
             * @example {
             *       "project": "atlas"
             *     }
             */
            metadata: {
                [key: string]: string;
            } | null;
            /**
             * Format: date-time
             * @description When the hold was opened.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /** @description When the hold ends in any case; null where it has no end. */
            expiresAt: string | null;
            /** @description How often its owner has to report, in seconds; null where nobody has to. */
            heartbeatSeconds: number | null;
            /** @description When it ends without another report; null where nobody has to report. */
            aliveUntil: string | null;
            /** @description When it was closed; null while it is open. */
            closedAt: string | null;
        };
        HeartbeatHoldRequest: {
            /**
             * @description The id of the hold.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
             */
            holdId: string;
        };
        HeartbeatHoldReply: components["schemas"]["HoldAlive"] | components["schemas"]["HoldAlivePreview"];
        HoldAlive: {
            /**
             * @description The id of the hold.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
             */
            holdId: string;
            /** @description How often its owner has to report, in seconds. */
            heartbeatSeconds: number;
            /**
             * Format: date-time
             * @description When it ends without another report.
             * @example 2026-01-31T12:00:00.000Z
             */
            aliveUntil: string;
            /**
             * Format: date-time
             * @description When the hold ends in any case.
             * @example 2026-01-31T12:00:00.000Z
             */
            expiresAt: string;
        };
        HoldAlivePreview: {
            /**
             * @description Nothing was written.
             * @constant
             */
            dryRun: true;
            /**
             * @description The id of the hold.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
             */
            holdId?: string;
            /** @description How often its owner has to report, in seconds. */
            heartbeatSeconds: number;
            /**
             * Format: date-time
             * @description When it ends without another report.
             * @example 2026-01-31T12:00:00.000Z
             */
            aliveUntil: string;
            /**
             * Format: date-time
             * @description When the hold ends in any case.
             * @example 2026-01-31T12:00:00.000Z
             */
            expiresAt: string;
        };
        RunBatchRequest: {
            /** @description The commands, each checked and decided separately. */
            commands: (components["schemas"]["BatchDebit"] | components["schemas"]["BatchHold"] | components["schemas"]["BatchCapture"] | components["schemas"]["BatchRelease"] | components["schemas"]["BatchExtension"] | components["schemas"]["BatchGrowth"] | components["schemas"]["BatchHeartbeat"])[];
        };
        BatchDebit: {
            serviceType: components["schemas"]["ServiceType"];
            /**
             * @description The amount in USD; or `action` and `quantity` in its place.
             * @example 10.50
             */
            amountUsd?: string;
            /**
             * @description The action of the price book; with `quantity`.
             * @example chat
             */
            action?: string;
            /**
             * @description How many units of the action, with up to 6 places.
             * @example 1500
             */
            quantity?: string;
            /**
             * @description The caller's own reference.
             * @example chat-8812
             */
            reference?: string;
            /**
             * @description What it is for, in words.
             * @example Chat of the support desk
             */
            description?: string;
            /**
             * @description The caller's app that spends.
             * @example desk
             */
            appId?: string;
            /**
             * @description The user.
             * @example user-17
             */
            userId?: string;
            /**
             * @description The team that spends.
             * @example support
             */
            teamId?: string;
            /** @description The pairs of text that the caller noted. */
            metadata?: {
                [key: string]: string;
            };
            /**
             * @description The idempotency key of the command.
             * @example order-8812-charge
             */
            idempotencyKey: string;
            /**
             * @description Which command it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            op: "debit";
        };
        BatchHold: {
            /**
             * @description The amount in USD; or `action` and `quantity` in its place.
             * @example 10.50
             */
            amountUsd?: string;
            /**
             * @description The action of the price book; with `quantity`.
             * @example chat
             */
            action?: string;
            /**
             * @description How many units of the action, with up to 6 places.
             * @example 1500
             */
            quantity?: string;
            serviceType: components["schemas"]["ServiceType"];
            /**
             * @description The caller's own reference.
             * @example chat-8812
             */
            reference?: string;
            /**
             * @description What it is for, in words.
             * @example Chat of the support desk
             */
            description?: string;
            /**
             * @description The caller's app that spends.
             * @example desk
             */
            appId?: string;
            /**
             * @description The user.
             * @example user-17
             */
            userId?: string;
            /**
             * @description The team that spends.
             * @example support
             */
            teamId?: string;
            /** @description The pairs of text that the caller noted. */
            metadata?: {
                [key: string]: string;
            };
            /** @description How long the hold lasts from now on, in seconds. */
            expiresInSeconds?: number;
            /**
             * @description Whether a free gift card is held in place of money.
             * @default false
             */
            useGiftCard?: boolean;
            /**
             * @description Draws from this hold, and not from what is available.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_38
             */
            parentHoldId?: string;
            /** @description The hold ends unless its owner reports at least so often, in seconds. */
            heartbeatSeconds?: number;
            /**
             * @description The idempotency key of the command.
             * @example order-8812-charge
             */
            idempotencyKey: string;
            /**
             * @description Which command it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            op: "hold";
        };
        BatchCapture: {
            /**
             * @description The id of the hold.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
             */
            holdId: string;
            /**
             * @description What to debit, in USD.
             * @example 10.50
             */
            amountUsd: string;
            /**
             * @description Whether the hold is closed, and what is left of it is freed.
             * @default true
             */
            final?: boolean;
            /**
             * @description Whether a cost above the hold may be taken from the available balance.
             * @default false
             */
            allowOverrun?: boolean;
            /**
             * @description The idempotency key of the command.
             * @example order-8812-charge
             */
            idempotencyKey: string;
            /**
             * @description Which command it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            op: "consume-hold";
        };
        BatchRelease: {
            /**
             * @description The id of the hold.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
             */
            holdId: string;
            /**
             * @description Why, in words.
             * @example the chat was cancelled
             */
            reason?: string;
            /**
             * @description The idempotency key of the command.
             * @example order-8812-charge
             */
            idempotencyKey: string;
            /**
             * @description Which command it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            op: "release-hold";
        };
        BatchExtension: {
            /**
             * @description The id of the hold.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
             */
            holdId: string;
            /** @description How long the hold lasts from now on, in seconds. */
            expiresInSeconds: number;
            /**
             * @description The idempotency key of the command.
             * @example order-8812-charge
             */
            idempotencyKey: string;
            /**
             * @description Which command it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            op: "extend-hold";
        };
        BatchGrowth: {
            /**
             * @description The id of the hold.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
             */
            holdId: string;
            /**
             * @description How much to add, in USD.
             * @example 10.50
             */
            byUsd?: string;
            /**
             * @description How much the hold shall have left, in USD; in place of `byUsd`.
             * @example 10.50
             */
            toUsd?: string;
            /**
             * @description The idempotency key of the command.
             * @example order-8812-charge
             */
            idempotencyKey: string;
            /**
             * @description Which command it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            op: "grow-hold";
        };
        BatchHeartbeat: {
            /**
             * @description The id of the hold.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
             */
            holdId: string;
            /**
             * @description The idempotency key of the command.
             * @example order-8812-charge
             */
            idempotencyKey: string;
            /**
             * @description Which command it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            op: "heartbeat-hold";
        };
        RunBatchReply: {
            /**
             * @description Present in the answer to a dry run: nothing was written.
             * @constant
             */
            dryRun?: true;
            /** @description One result for each, in the same order. */
            results: {
                /**
                 * @description The idempotency key of the command.
                 * @example order-8812-charge
                 */
                idempotencyKey: string | null;
                /** @description The status that the command would have as a single call. */
                status: number;
                /** @description Whether it was answered before; nothing was done again. */
                replayed: boolean;
                /** @description The answer that the command would have as a single call; left out where it was refused. */
                result?: components["schemas"]["Debit"] | components["schemas"]["DebitPreview"] | components["schemas"]["HoldOpened"] | components["schemas"]["HoldOpenedPreview"] | components["schemas"]["HoldCaptured"] | components["schemas"]["HoldCapturedPreview"] | components["schemas"]["HoldReleased"] | components["schemas"]["HoldReleasedPreview"] | components["schemas"]["HoldExtended"] | components["schemas"]["HoldExtendedPreview"] | components["schemas"]["HoldGrown"] | components["schemas"]["HoldGrownPreview"] | components["schemas"]["HoldAlive"] | components["schemas"]["HoldAlivePreview"];
                /** @description Why the command was refused; left out where it was not. */
                problem?: components["schemas"]["CommandProblem"];
            }[];
        };
        /**
         * @example {
         *       "entryId": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
         *       "type": "AI_API_CALL",
         *       "serviceType": "AI_API",
         *       "amountUsd": "0.35",
         *       "action": null,
         *       "quantity": null,
         *       "price": null,
         *       "reference": "chat-8812",
         *       "description": null,
         *       "appId": null,
         *       "userId": "user-17",
         *       "teamId": null,
         *       "metadata": null,
         *       "createdAt": "2026-01-31T12:00:00.000Z",
         *       "availableUsd": "99.65",
         *       "heldUsd": "0.00",
         *       "entries": [
         *         {
         *           "id": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
         *           "commandId": "cmd_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
         *           "type": "AI_API_CALL",
         *           "serviceType": "AI_API",
         *           "amountUsd": "-0.35",
         *           "availableDeltaUsd": "-0.35",
         *           "heldDeltaUsd": "0.00",
         *           "availableAfterUsd": "99.65",
         *           "heldAfterUsd": "0.00",
         *           "giftCardsDelta": 0,
         *           "giftCardsAvailableAfter": 0,
         *           "giftCardsHeldAfter": 0,
         *           "idempotencyKey": "chat-8812",
         *           "lotId": "lot_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_1",
         *           "lotLeftUsd": "99.65",
         *           "restrictedTo": null,
         *           "refundOf": null,
         *           "holdId": null,
         *           "parentHoldId": null,
         *           "depositId": null,
         *           "orderId": null,
         *           "txHash": null,
         *           "chain": null,
         *           "action": null,
         *           "quantity": null,
         *           "price": null,
         *           "reference": "chat-8812",
         *           "description": null,
         *           "appId": null,
         *           "userId": "user-17",
         *           "teamId": null,
         *           "metadata": null,
         *           "createdAt": "2026-01-31T12:00:00.000Z"
         *         }
         *       ],
         *       "idempotencyKey": "chat-8812"
         *     }
         */
        Debit: {
            /**
             * @description The first of the entries: a debit writes one for each lot that it draws on. Null where an action costs nothing.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            entryId: string | null;
            /** @description What kind of entry it is. */
            type: components["schemas"]["EntryType"];
            /**
             * @description The service that was charged; null where none was.
             * @example AI_API
             */
            serviceType: string | null;
            /**
             * @description What was debited, in USD, as a positive amount; the amounts of entries are signed.
             * @example 10.50
             */
            amountUsd: string;
            /**
             * @description The action of the price book; null where an amount was named.
             * @example chat
             */
            action: string | null;
            /**
             * @description How many units; null where an amount was named.
             * @example 1500
             */
            quantity: string | null;
            /** @description The row of the price book, its rate for a unit, and how their product was rounded. */
            price: {
                /**
                 * Format: uuid
                 * @description The id of the row of the price book.
                 */
                priceId: string;
                /**
                 * @description USD for a unit.
                 * @example 0.00002
                 */
                rateUsd: string;
                /**
                 * @description How the product was rounded.
                 * @constant
                 */
                rounding: "up";
            } | null;
            /**
             * @description The caller's own reference.
             * @example chat-8812
             */
            reference: string | null;
            /**
             * @description What it is for, in words.
             * @example Chat of the support desk
             */
            description: string | null;
            /**
             * @description The caller's app that spends.
             * @example desk
             */
            appId: string | null;
            /**
             * @description The user.
             * @example user-17
             */
            userId: string | null;
            /**
             * @description The team that spends.
             * @example support
             */
            teamId: string | null;
            /**
             * @description The pairs of text that the caller noted; null where there are none.
             * @example {
             *       "project": "atlas"
             *     }
             */
            metadata: {
                [key: string]: string;
            } | null;
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * @description What can be spent after it, in USD.
             * @example 10.50
             */
            availableUsd: string;
            /**
             * @description What open holds keep after it, in USD.
             * @example 10.50
             */
            heldUsd: string;
            /** @description The entries that the command wrote, in their order. */
            entries: components["schemas"]["Entry"][];
            /** @description What a spend left of the budgets that it counts in; left out where it counts in none. */
            budgets?: components["schemas"]["BudgetsLeft"];
            /**
             * @description The idempotency key of the command: that of the request, or the one that was made for it.
             * @example order-8812-charge
             */
            idempotencyKey: string;
        };
        /** @description What a spend left of the budgets that it counts in. */
        BudgetsLeft: {
            /**
             * Format: uuid
             * @description The id of the budget.
             */
            budgetId: string;
            /**
             * @description What is left of it, in USD.
             * @example 10.50
             */
            leftUsd: string;
            /** @description When the budget begins anew; null where it never does. */
            renewsAt: string | null;
        }[];
        DebitPreview: {
            /**
             * @description Nothing was written.
             * @constant
             */
            dryRun: true;
            /**
             * @description The first of the entries: a debit writes one for each lot that it draws on. Null where an action costs nothing.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            entryId?: string | null;
            /** @description What kind of entry it is. */
            type: components["schemas"]["EntryType"];
            /**
             * @description The service that was charged; null where none was.
             * @example AI_API
             */
            serviceType: string | null;
            /**
             * @description What was debited, in USD, as a positive amount; the amounts of entries are signed.
             * @example 10.50
             */
            amountUsd: string;
            /**
             * @description The action of the price book; null where an amount was named.
             * @example chat
             */
            action: string | null;
            /**
             * @description How many units; null where an amount was named.
             * @example 1500
             */
            quantity: string | null;
            /** @description The row of the price book, its rate for a unit, and how their product was rounded. */
            price: {
                /**
                 * Format: uuid
                 * @description The id of the row of the price book.
                 */
                priceId: string;
                /**
                 * @description USD for a unit.
                 * @example 0.00002
                 */
                rateUsd: string;
                /**
                 * @description How the product was rounded.
                 * @constant
                 */
                rounding: "up";
            } | null;
            /**
             * @description The caller's own reference.
             * @example chat-8812
             */
            reference: string | null;
            /**
             * @description What it is for, in words.
             * @example Chat of the support desk
             */
            description: string | null;
            /**
             * @description The caller's app that spends.
             * @example desk
             */
            appId: string | null;
            /**
             * @description The user.
             * @example user-17
             */
            userId: string | null;
            /**
             * @description The team that spends.
             * @example support
             */
            teamId: string | null;
            /**
             * @description The pairs of text that the caller noted; null where there are none.
             * @example {
             *       "project": "atlas"
             *     }
             */
            metadata: {
                [key: string]: string;
            } | null;
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * @description What can be spent after it, in USD.
             * @example 10.50
             */
            availableUsd: string;
            /**
             * @description What open holds keep after it, in USD.
             * @example 10.50
             */
            heldUsd: string;
            /** @description The entries that the command would write, in their order. */
            entries: components["schemas"]["EntryPreview"][];
            /** @description What a spend left of the budgets that it counts in; left out where it counts in none. */
            budgets?: components["schemas"]["BudgetsLeft"];
            /**
             * @description The idempotency key of the command: that of the request, or the one that was made for it.
             * @example order-8812-charge
             */
            idempotencyKey: string;
        };
        EntryPreview: {
            /**
             * @description The id of the entry.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            id?: string;
            /**
             * @description The same on all entries that one command wrote.
             * @example cmd_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            commandId?: string;
            /** @description What kind of entry it is. */
            type: components["schemas"]["EntryType"];
            /**
             * @description The service that is charged; null where none is.
             * @example AI_API
             */
            serviceType: string | null;
            /**
             * @description The amount in USD; negative where it leaves the wallet.
             * @example 10.50
             */
            amountUsd: string;
            /**
             * @description What it did to the available balance, in USD; signed.
             * @example 10.50
             */
            availableDeltaUsd: string;
            /**
             * @description What it did to the held balance, in USD; signed.
             * @example 10.50
             */
            heldDeltaUsd: string;
            /**
             * @description What could be spent after it, in USD.
             * @example 10.50
             */
            availableAfterUsd: string;
            /**
             * @description What open holds kept after it, in USD.
             * @example 10.50
             */
            heldAfterUsd: string;
            /** @description What it did to the number of free gift cards; signed. */
            giftCardsDelta: number;
            /** @description How many free gift cards could be used after it. */
            giftCardsAvailableAfter: number;
            /** @description How many free gift cards were held after it. */
            giftCardsHeldAfter: number;
            /**
             * @description The idempotency key of the command; null on entries of before it was kept.
             * @example order-8812-charge
             */
            idempotencyKey: string | null;
            /**
             * @description The lot that the entry opened, drew on or filled; null where there is none.
             * @example lot_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_12
             */
            lotId?: string | null;
            /** @description What the lot had left after it, in USD; null where there is none. */
            lotLeftUsd: string | null;
            /** @description What alone the lot that the entry opened may pay for; null: everything. */
            restrictedTo: {
                /** @description The services it may pay for; null: every service. */
                services: string[] | null;
                /** @description The actions it may pay for; null: every action. */
                actions: string[] | null;
            } | null;
            /**
             * @description The first entry of the charge that the entry gives back; null for other entries.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_38
             */
            refundOf: string | null;
            /**
             * @description The hold that the entry is about; null for other entries.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
             */
            holdId?: string | null;
            /**
             * @description The hold that the money of that hold came from; null where it came from the balance.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_38
             */
            parentHoldId: string | null;
            /** @description The id of the deposit; null where it is about none. */
            depositId: string | null;
            /** @description The id of the order; null where there is none. */
            orderId: string | null;
            /**
             * @description The hash of the transaction that the deposit came in; null for other entries.
             * @example 0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e
             */
            txHash: string | null;
            /**
             * @description The chain, as a CAIP-2 id; null where it is about none.
             * @example eip155:8453
             */
            chain: string | null;
            /**
             * @description The action of the price book; null where an amount was named.
             * @example chat
             */
            action: string | null;
            /**
             * @description How many units; null where an amount was named.
             * @example 1500
             */
            quantity: string | null;
            /** @description The row of the price book, its rate for a unit, and how their product was rounded. */
            price: {
                /**
                 * Format: uuid
                 * @description The id of the row of the price book.
                 */
                priceId: string;
                /**
                 * @description USD for a unit.
                 * @example 0.00002
                 */
                rateUsd: string;
                /**
                 * @description How the product was rounded.
                 * @constant
                 */
                rounding: "up";
            } | null;
            /**
             * @description The caller's own reference.
             * @example chat-8812
             */
            reference: string | null;
            /**
             * @description What it is for, in words.
             * @example Chat of the support desk
             */
            description: string | null;
            /**
             * @description The caller's app that spends.
             * @example desk
             */
            appId: string | null;
            /**
             * @description The user.
             * @example user-17
             */
            userId: string | null;
            /**
             * @description The team that spends.
             * @example support
             */
            teamId: string | null;
            /**
             * @description The pairs of text that the caller noted; null where there are none.
             * @example {
             *       "project": "atlas"
             *     }
             */
            metadata: {
                [key: string]: string;
            } | null;
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
        };
        /**
         * @example {
         *       "holdId": "hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_43",
         *       "serviceType": "SKU_PURCHASE",
         *       "amountUsd": "25.00",
         *       "useGiftCard": false,
         *       "parentHoldId": null,
         *       "action": null,
         *       "quantity": null,
         *       "price": null,
         *       "reference": "order-8812",
         *       "description": null,
         *       "appId": null,
         *       "userId": "user-17",
         *       "teamId": null,
         *       "metadata": null,
         *       "createdAt": "2026-01-31T12:00:00.000Z",
         *       "expiresAt": "2026-01-31T12:15:00.000Z",
         *       "heartbeatSeconds": null,
         *       "aliveUntil": null,
         *       "availableUsd": "74.65",
         *       "heldUsd": "25.00",
         *       "entries": [
         *         {
         *           "id": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_43",
         *           "commandId": "cmd_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_43",
         *           "type": "HOLD",
         *           "serviceType": "SKU_PURCHASE",
         *           "amountUsd": "-25.00",
         *           "availableDeltaUsd": "-25.00",
         *           "heldDeltaUsd": "25.00",
         *           "availableAfterUsd": "74.65",
         *           "heldAfterUsd": "25.00",
         *           "giftCardsDelta": 0,
         *           "giftCardsAvailableAfter": 0,
         *           "giftCardsHeldAfter": 0,
         *           "idempotencyKey": "order-8812",
         *           "lotId": "lot_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_1",
         *           "lotLeftUsd": "74.65",
         *           "restrictedTo": null,
         *           "refundOf": null,
         *           "holdId": "hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_43",
         *           "parentHoldId": null,
         *           "depositId": null,
         *           "orderId": null,
         *           "txHash": null,
         *           "chain": null,
         *           "action": null,
         *           "quantity": null,
         *           "price": null,
         *           "reference": "order-8812",
         *           "description": null,
         *           "appId": null,
         *           "userId": "user-17",
         *           "teamId": null,
         *           "metadata": null,
         *           "createdAt": "2026-01-31T12:00:00.000Z"
         *         }
         *       ],
         *       "idempotencyKey": "order-8812"
         *     }
         */
        HoldOpened: {
            /**
             * @description The id of the hold.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
             */
            holdId: string;
            /**
             * @description The service that is charged; null where none is.
             * @example AI_API
             */
            serviceType: string | null;
            /**
             * @description What is held, in USD; zero when a free gift card is held instead.
             * @example 10.50
             */
            amountUsd: string;
            /** @description Whether a free gift card is held in place of money. */
            useGiftCard: boolean;
            /**
             * @description The hold that it draws from; null where it draws on the balance.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_38
             */
            parentHoldId: string | null;
            /**
             * @description The action of the price book; null where an amount was named.
             * @example chat
             */
            action: string | null;
            /**
             * @description How many units; null where an amount was named.
             * @example 1500
             */
            quantity: string | null;
            /** @description The row of the price book, its rate for a unit, and how their product was rounded. */
            price: {
                /**
                 * Format: uuid
                 * @description The id of the row of the price book.
                 */
                priceId: string;
                /**
                 * @description USD for a unit.
                 * @example 0.00002
                 */
                rateUsd: string;
                /**
                 * @description How the product was rounded.
                 * @constant
                 */
                rounding: "up";
            } | null;
            /**
             * @description The caller's own reference.
             * @example chat-8812
             */
            reference: string | null;
            /**
             * @description What it is for, in words.
             * @example Chat of the support desk
             */
            description: string | null;
            /**
             * @description The caller's app that spends.
             * @example desk
             */
            appId: string | null;
            /**
             * @description The user.
             * @example user-17
             */
            userId: string | null;
            /**
             * @description The team that spends.
             * @example support
             */
            teamId: string | null;
            /**
             * @description The pairs of text that the caller noted; null where there are none.
             * @example {
             *       "project": "atlas"
             *     }
             */
            metadata: {
                [key: string]: string;
            } | null;
            /**
             * Format: date-time
             * @description When the hold was opened.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When the hold ends in any case.
             * @example 2026-01-31T12:00:00.000Z
             */
            expiresAt: string;
            /** @description How often its owner has to report, in seconds; null where nobody has to. */
            heartbeatSeconds: number | null;
            /** @description When it ends without another report; null where nobody has to report. */
            aliveUntil: string | null;
            /**
             * @description What can be spent after it, in USD.
             * @example 10.50
             */
            availableUsd: string;
            /**
             * @description What open holds keep after it, in USD.
             * @example 10.50
             */
            heldUsd: string;
            /** @description The entries that the command wrote, in their order. */
            entries: components["schemas"]["Entry"][];
            /** @description What a spend left of the budgets that it counts in; left out where it counts in none. */
            budgets?: components["schemas"]["BudgetsLeft"];
            /**
             * @description The idempotency key of the command: that of the request, or the one that was made for it.
             * @example order-8812-charge
             */
            idempotencyKey: string;
        };
        HoldOpenedPreview: {
            /**
             * @description Nothing was written.
             * @constant
             */
            dryRun: true;
            /**
             * @description The id of the hold.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
             */
            holdId?: string;
            /**
             * @description The service that is charged; null where none is.
             * @example AI_API
             */
            serviceType: string | null;
            /**
             * @description What is held, in USD; zero when a free gift card is held instead.
             * @example 10.50
             */
            amountUsd: string;
            /** @description Whether a free gift card is held in place of money. */
            useGiftCard: boolean;
            /**
             * @description The hold that it draws from; null where it draws on the balance.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_38
             */
            parentHoldId: string | null;
            /**
             * @description The action of the price book; null where an amount was named.
             * @example chat
             */
            action: string | null;
            /**
             * @description How many units; null where an amount was named.
             * @example 1500
             */
            quantity: string | null;
            /** @description The row of the price book, its rate for a unit, and how their product was rounded. */
            price: {
                /**
                 * Format: uuid
                 * @description The id of the row of the price book.
                 */
                priceId: string;
                /**
                 * @description USD for a unit.
                 * @example 0.00002
                 */
                rateUsd: string;
                /**
                 * @description How the product was rounded.
                 * @constant
                 */
                rounding: "up";
            } | null;
            /**
             * @description The caller's own reference.
             * @example chat-8812
             */
            reference: string | null;
            /**
             * @description What it is for, in words.
             * @example Chat of the support desk
             */
            description: string | null;
            /**
             * @description The caller's app that spends.
             * @example desk
             */
            appId: string | null;
            /**
             * @description The user.
             * @example user-17
             */
            userId: string | null;
            /**
             * @description The team that spends.
             * @example support
             */
            teamId: string | null;
            /**
             * @description The pairs of text that the caller noted; null where there are none.
             * @example {
             *       "project": "atlas"
             *     }
             */
            metadata: {
                [key: string]: string;
            } | null;
            /**
             * Format: date-time
             * @description When the hold was opened.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When the hold ends in any case.
             * @example 2026-01-31T12:00:00.000Z
             */
            expiresAt: string;
            /** @description How often its owner has to report, in seconds; null where nobody has to. */
            heartbeatSeconds: number | null;
            /** @description When it ends without another report; null where nobody has to report. */
            aliveUntil: string | null;
            /**
             * @description What can be spent after it, in USD.
             * @example 10.50
             */
            availableUsd: string;
            /**
             * @description What open holds keep after it, in USD.
             * @example 10.50
             */
            heldUsd: string;
            /** @description The entries that the command would write, in their order. */
            entries: components["schemas"]["EntryPreview"][];
            /** @description What a spend left of the budgets that it counts in; left out where it counts in none. */
            budgets?: components["schemas"]["BudgetsLeft"];
            /**
             * @description The idempotency key of the command: that of the request, or the one that was made for it.
             * @example order-8812-charge
             */
            idempotencyKey: string;
        };
        HoldCaptured: {
            /**
             * @description The id of the hold.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
             */
            holdId: string;
            /**
             * @description The first of the entries.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            entryId: string;
            /** @description What kind of entry it is. */
            type: components["schemas"]["EntryType"];
            /**
             * @description The service that is charged; null where none is.
             * @example AI_API
             */
            serviceType: string | null;
            /**
             * @description What was debited, in USD; zero when a free gift card paid.
             * @example 10.50
             */
            amountUsd: string;
            /**
             * @description The part of it that the hold did not cover, in USD.
             * @example 10.50
             */
            overrunUsd: string;
            /**
             * @description What went back to the available balance, in USD.
             * @example 10.50
             */
            releasedUsd: string;
            /**
             * @description What went back to the parent of the hold, in USD.
             * @example 10.50
             */
            returnedUsd: string;
            /**
             * @description What the hold has left, in USD; zero once it is closed.
             * @example 10.50
             */
            holdLeftUsd: string;
            /**
             * @description The same as `holdLeftUsd`.
             * @example 10.50
             */
            remainingUsd: string;
            /** @description What the parent of the hold has left, in USD; null where it has none. */
            parentRemainingUsd: string | null;
            /** @description Whether further captures like this one can be paid from what the hold has left and what is available, or its parent has left. */
            advice: components["schemas"]["HoldAdvice"];
            /** @description Whether a free gift card paid. */
            giftCardUsed: boolean;
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * @description What can be spent after it, in USD.
             * @example 10.50
             */
            availableUsd: string;
            /**
             * @description What open holds keep after it, in USD.
             * @example 10.50
             */
            heldUsd: string;
            /** @description The entries that the command wrote, in their order. */
            entries: components["schemas"]["Entry"][];
            /** @description What a spend left of the budgets that it counts in; left out where it counts in none. */
            budgets?: components["schemas"]["BudgetsLeft"];
            /**
             * @description The idempotency key of the command: that of the request, or the one that was made for it.
             * @example order-8812-charge
             */
            idempotencyKey: string;
        };
        /** @enum {string} */
        HoldAdvice: "continue" | "wind_down" | "stop";
        HoldCapturedPreview: {
            /**
             * @description Nothing was written.
             * @constant
             */
            dryRun: true;
            /**
             * @description The id of the hold.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
             */
            holdId?: string;
            /**
             * @description The first of the entries.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            entryId?: string;
            /** @description What kind of entry it is. */
            type: components["schemas"]["EntryType"];
            /**
             * @description The service that is charged; null where none is.
             * @example AI_API
             */
            serviceType: string | null;
            /**
             * @description What was debited, in USD; zero when a free gift card paid.
             * @example 10.50
             */
            amountUsd: string;
            /**
             * @description The part of it that the hold did not cover, in USD.
             * @example 10.50
             */
            overrunUsd: string;
            /**
             * @description What went back to the available balance, in USD.
             * @example 10.50
             */
            releasedUsd: string;
            /**
             * @description What went back to the parent of the hold, in USD.
             * @example 10.50
             */
            returnedUsd: string;
            /**
             * @description What the hold has left, in USD; zero once it is closed.
             * @example 10.50
             */
            holdLeftUsd: string;
            /**
             * @description The same as `holdLeftUsd`.
             * @example 10.50
             */
            remainingUsd: string;
            /** @description What the parent of the hold has left, in USD; null where it has none. */
            parentRemainingUsd: string | null;
            /** @description Whether further captures like this one can be paid from what the hold has left and what is available, or its parent has left. */
            advice: components["schemas"]["HoldAdvice"];
            /** @description Whether a free gift card paid. */
            giftCardUsed: boolean;
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * @description What can be spent after it, in USD.
             * @example 10.50
             */
            availableUsd: string;
            /**
             * @description What open holds keep after it, in USD.
             * @example 10.50
             */
            heldUsd: string;
            /** @description The entries that the command would write, in their order. */
            entries: components["schemas"]["EntryPreview"][];
            /** @description What a spend left of the budgets that it counts in; left out where it counts in none. */
            budgets?: components["schemas"]["BudgetsLeft"];
            /**
             * @description The idempotency key of the command: that of the request, or the one that was made for it.
             * @example order-8812-charge
             */
            idempotencyKey: string;
        };
        HoldReleased: {
            /**
             * @description The id of the hold.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
             */
            holdId: string;
            /**
             * @description The service that is charged; null where none is.
             * @example AI_API
             */
            serviceType: string | null;
            /**
             * @description What went back to the available balance, in USD.
             * @example 10.50
             */
            releasedUsd: string;
            /**
             * @description What went back to the parent of the hold, in USD.
             * @example 10.50
             */
            returnedUsd: string;
            /** @description Whether a free gift card went back. */
            giftCardReturned: boolean;
            /**
             * @description Why, in words.
             * @example the chat was cancelled
             */
            reason: string | null;
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * @description What can be spent after it, in USD.
             * @example 10.50
             */
            availableUsd: string;
            /**
             * @description What open holds keep after it, in USD.
             * @example 10.50
             */
            heldUsd: string;
            /** @description The entries that the command wrote, in their order. */
            entries: components["schemas"]["Entry"][];
            /** @description What a spend left of the budgets that it counts in; left out where it counts in none. */
            budgets?: components["schemas"]["BudgetsLeft"];
            /**
             * @description The idempotency key of the command: that of the request, or the one that was made for it.
             * @example order-8812-charge
             */
            idempotencyKey: string;
        };
        HoldReleasedPreview: {
            /**
             * @description Nothing was written.
             * @constant
             */
            dryRun: true;
            /**
             * @description The id of the hold.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
             */
            holdId?: string;
            /**
             * @description The service that is charged; null where none is.
             * @example AI_API
             */
            serviceType: string | null;
            /**
             * @description What went back to the available balance, in USD.
             * @example 10.50
             */
            releasedUsd: string;
            /**
             * @description What went back to the parent of the hold, in USD.
             * @example 10.50
             */
            returnedUsd: string;
            /** @description Whether a free gift card went back. */
            giftCardReturned: boolean;
            /**
             * @description Why, in words.
             * @example the chat was cancelled
             */
            reason: string | null;
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * @description What can be spent after it, in USD.
             * @example 10.50
             */
            availableUsd: string;
            /**
             * @description What open holds keep after it, in USD.
             * @example 10.50
             */
            heldUsd: string;
            /** @description The entries that the command would write, in their order. */
            entries: components["schemas"]["EntryPreview"][];
            /** @description What a spend left of the budgets that it counts in; left out where it counts in none. */
            budgets?: components["schemas"]["BudgetsLeft"];
            /**
             * @description The idempotency key of the command: that of the request, or the one that was made for it.
             * @example order-8812-charge
             */
            idempotencyKey: string;
        };
        HoldExtended: {
            /**
             * @description The id of the hold.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
             */
            holdId: string;
            /**
             * @description The service that is charged; null where none is.
             * @example AI_API
             */
            serviceType: string | null;
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When the hold ends in any case.
             * @example 2026-01-31T12:00:00.000Z
             */
            expiresAt: string;
            /**
             * @description What can be spent after it, in USD.
             * @example 10.50
             */
            availableUsd: string;
            /**
             * @description What open holds keep after it, in USD.
             * @example 10.50
             */
            heldUsd: string;
            /** @description The entries that the command wrote, in their order. */
            entries: components["schemas"]["Entry"][];
            /** @description What a spend left of the budgets that it counts in; left out where it counts in none. */
            budgets?: components["schemas"]["BudgetsLeft"];
            /**
             * @description The idempotency key of the command: that of the request, or the one that was made for it.
             * @example order-8812-charge
             */
            idempotencyKey: string;
        };
        HoldExtendedPreview: {
            /**
             * @description Nothing was written.
             * @constant
             */
            dryRun: true;
            /**
             * @description The id of the hold.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
             */
            holdId?: string;
            /**
             * @description The service that is charged; null where none is.
             * @example AI_API
             */
            serviceType: string | null;
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When the hold ends in any case.
             * @example 2026-01-31T12:00:00.000Z
             */
            expiresAt: string;
            /**
             * @description What can be spent after it, in USD.
             * @example 10.50
             */
            availableUsd: string;
            /**
             * @description What open holds keep after it, in USD.
             * @example 10.50
             */
            heldUsd: string;
            /** @description The entries that the command would write, in their order. */
            entries: components["schemas"]["EntryPreview"][];
            /** @description What a spend left of the budgets that it counts in; left out where it counts in none. */
            budgets?: components["schemas"]["BudgetsLeft"];
            /**
             * @description The idempotency key of the command: that of the request, or the one that was made for it.
             * @example order-8812-charge
             */
            idempotencyKey: string;
        };
        HoldGrown: {
            /**
             * @description The id of the hold.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
             */
            holdId: string;
            /**
             * @description The service that is charged; null where none is.
             * @example AI_API
             */
            serviceType: string | null;
            /**
             * @description What was added, in USD.
             * @example 10.50
             */
            addedUsd: string;
            /**
             * @description What the hold has left, in USD; zero once it is closed.
             * @example 10.50
             */
            holdLeftUsd: string;
            /**
             * @description The same as `holdLeftUsd`.
             * @example 10.50
             */
            remainingUsd: string;
            /** @description What the parent of the hold has left, in USD; null where it has none. */
            parentRemainingUsd: string | null;
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * @description What can be spent after it, in USD.
             * @example 10.50
             */
            availableUsd: string;
            /**
             * @description What open holds keep after it, in USD.
             * @example 10.50
             */
            heldUsd: string;
            /** @description The entries that the command wrote, in their order. */
            entries: components["schemas"]["Entry"][];
            /** @description What a spend left of the budgets that it counts in; left out where it counts in none. */
            budgets?: components["schemas"]["BudgetsLeft"];
            /**
             * @description The idempotency key of the command: that of the request, or the one that was made for it.
             * @example order-8812-charge
             */
            idempotencyKey: string;
        };
        HoldGrownPreview: {
            /**
             * @description Nothing was written.
             * @constant
             */
            dryRun: true;
            /**
             * @description The id of the hold.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
             */
            holdId?: string;
            /**
             * @description The service that is charged; null where none is.
             * @example AI_API
             */
            serviceType: string | null;
            /**
             * @description What was added, in USD.
             * @example 10.50
             */
            addedUsd: string;
            /**
             * @description What the hold has left, in USD; zero once it is closed.
             * @example 10.50
             */
            holdLeftUsd: string;
            /**
             * @description The same as `holdLeftUsd`.
             * @example 10.50
             */
            remainingUsd: string;
            /** @description What the parent of the hold has left, in USD; null where it has none. */
            parentRemainingUsd: string | null;
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * @description What can be spent after it, in USD.
             * @example 10.50
             */
            availableUsd: string;
            /**
             * @description What open holds keep after it, in USD.
             * @example 10.50
             */
            heldUsd: string;
            /** @description The entries that the command would write, in their order. */
            entries: components["schemas"]["EntryPreview"][];
            /** @description What a spend left of the budgets that it counts in; left out where it counts in none. */
            budgets?: components["schemas"]["BudgetsLeft"];
            /**
             * @description The idempotency key of the command: that of the request, or the one that was made for it.
             * @example order-8812-charge
             */
            idempotencyKey: string;
        };
        CommandProblem: {
            /**
             * @description The page about the code.
             * @example /docs/errors/NOT_FOUND
             */
            type: string;
            /**
             * @description The title of the code.
             * @example Not found
             */
            title: string;
            /** @description The status that the command would have as a single call. */
            status: number;
            /**
             * @description What happened and what to do, in words.
             * @example there is no such hold
             */
            detail: string;
            /**
             * @description What happened and what to do, in words.
             * @example there is no such hold
             */
            message: string;
            /**
             * @description The stable code of the problem.
             * @example NOT_FOUND
             */
            code: string;
        };
        CheckBalanceRequest: {
            /**
             * @description The amount in USD.
             * @example 10.50
             */
            amountUsd: string;
            serviceType?: components["schemas"]["ServiceType"];
            /**
             * @description The action it is spent on: restricted credit counts where it may pay for that.
             * @example chat
             */
            action?: string;
        };
        CheckBalanceReply: {
            /** @description Whether a debit of the amount would go through now. */
            sufficient: boolean;
            /**
             * @description What can be spent, in USD.
             * @example 10.50
             */
            availableUsd: string;
            /**
             * @description OK, LOW or CRITICAL (below the thresholds), SUSPENDED (nothing is left to spend).
             * @enum {string}
             */
            status: "OK" | "LOW" | "CRITICAL" | "SUSPENDED";
        };
        Quote: {
            /**
             * @description The action that is priced.
             * @example chat
             */
            action: string;
            /**
             * @description How many units.
             * @example 1500
             */
            quantity: string;
            /**
             * @description What is counted, such as `token`.
             * @example token
             */
            unit: string;
            /**
             * @description USD for a unit.
             * @example 0.00002
             */
            rateUsd: string;
            /**
             * @description What they cost, in USD.
             * @example 10.50
             */
            amountUsd: string;
            /**
             * Format: uuid
             * @description The id of the row of the price book.
             */
            priceId: string;
            /**
             * Format: date-time
             * @description As of when.
             * @example 2026-01-31T12:00:00.000Z
             */
            at: string;
        };
        Settings: {
            /** @description Below it the balance is LOW, in USD; null: never. */
            lowBalanceThresholdUsd: string | null;
            /** @description Below it the balance is CRITICAL, in USD; null: never. */
            criticalThresholdUsd: string | null;
            /**
             * @description Up to which price a free gift card pays, in USD.
             * @example 10.50
             */
            freeGiftCardMaxUsd: string;
            /**
             * @description The IANA time zone, such as Europe/Berlin.
             * @example Europe/Berlin
             */
            timeZone: string;
            /** @description How many days before credit ends the event `credits.expiring` is sent; empty: never. */
            expiryNoticeDays: number[];
        };
        UpdateSettingsRequest: {
            /** @description Below it the balance is LOW, in USD; null: never. */
            lowBalanceThresholdUsd?: string | null;
            /** @description Below it the balance is CRITICAL, in USD; null: never. */
            criticalThresholdUsd?: string | null;
            /**
             * @description Up to which price a free gift card pays, in USD.
             * @example 5.00
             */
            freeGiftCardMaxUsd?: string;
            /** @description Whose days and months the budgets of the org go by; UTC unless it is set. */
            timeZone?: string;
            /** @description How many days before credit ends the event `credits.expiring` is sent; null: 30, 7 and 1; empty: never. */
            expiryNoticeDays?: number[] | null;
        };
        Approval: {
            /**
             * Format: uuid
             * @description The id of the request.
             */
            id: string;
            /** @description The org that it is about; null where it is about a user, or about the whole deployment. */
            org: string | null;
            /**
             * @description The user whose wallet it is about; null where it is about none.
             * @example user-17
             */
            user: string | null;
            /** @description Whether it is open, or what became of it. */
            state: components["schemas"]["ApprovalState"];
            /**
             * @description What is done once it is approved, in words.
             * @example Grant of 150.00 USD
             */
            what: string;
            /** @description The booking that is requested; null for a change. */
            booking: {
                /** @description What kind of entry it would be. */
                type: components["schemas"]["EntryType"];
                /**
                 * @description What the wallet gains by it, in USD; signed.
                 * @example 10.50
                 */
                amountUsd: string;
                /**
                 * @description Why it is requested.
                 * @example agreed with the customer
                 */
                reason: string;
                /**
                 * @description The service that is charged; null where none is.
                 * @example AI_API
                 */
                serviceType: string | null;
                /** @description When the credit expires; null where it does not. */
                expiresAt: string | null;
                /** @description What alone the credit may pay for; null: everything. */
                restrictedTo: {
                    /** @description The services it may pay for; null: every service. */
                    services: string[] | null;
                    /** @description The actions it may pay for; null: every action. */
                    actions: string[] | null;
                } | null;
                /**
                 * @description The first entry of the charge that is given back; null for other bookings.
                 * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
                 */
                refundOf: string | null;
                /**
                 * @description The caller's own reference.
                 * @example chat-8812
                 */
                reference: string | null;
                /** @description The pairs of text that the caller noted. */
                metadata: {
                    [key: string]: string;
                } | null;
            } | null;
            /** @description The change that is requested, such as a price; null for a booking. */
            change: {
                /**
                 * @description What is to be changed.
                 * @example price
                 */
                kind: string;
                /** @description How much credit counts against the limit, in USD; null: nothing bounds it. */
                countsUsd: string | null;
            } | null;
            /**
             * @description Who requested it.
             * @example key:0aB3dE7z
             */
            requestedBy: string;
            /**
             * Format: date-time
             * @description When it was requested.
             * @example 2026-01-31T12:00:00.000Z
             */
            requestedAt: string;
            /**
             * Format: date-time
             * @description The time until which it may be decided; of a booking, when the credit expires, null where it does not.
             * @example 2026-01-31T12:00:00.000Z
             */
            expiresAt: string;
            /**
             * @description Who decided; null while nobody has.
             * @example user:ada
             */
            decidedBy: string | null;
            /** @description When it was decided; null while it is open. */
            decidedAt: string | null;
            /**
             * @description Why it was decided so; null without a reason.
             * @example checked
             */
            decisionReason: string | null;
            /**
             * @description The first of the entries of a booking; null until they are written.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            entryId: string | null;
            /**
             * @description The code with which what was approved was refused at the last try; null when it was not. Approving a booking again tries again.
             * @example CREDIT_INSUFFICIENT
             */
            refusal: string | null;
            /**
             * @description Why, in words; null where only the code is known.
             * @example 10.00 USD needed, 3.00 USD available
             */
            refusalDetail: string | null;
            /**
             * @description The idempotency key of the command.
             * @example order-8812-charge
             */
            idempotencyKey: string;
        };
        /** @enum {string} */
        ApprovalState: "pending" | "approved" | "rejected" | "failed" | "expired";
        AutoRefill: {
            /** @description Whether auto-refill is on. Turning it on is the consent to be charged without being asked. */
            enabled: boolean;
            /**
             * @description What auto-refill does at present.
             * @enum {string}
             */
            state: "off" | "on" | "waiting_for_payment_method" | "stopped";
            /** @description It buys when less than this can be spent, in USD; null while it was never set. */
            thresholdUsd: string | null;
            /**
             * @description The pack that it buys; null where it buys up to a target.
             * @example starter
             */
            packId: string | null;
            /** @description It buys as much as brings the balance up to this, in place of a pack, in USD; null where it buys a pack. */
            targetUsd: string | null;
            /**
             * @description What all purchases of a UTC day cost at most, in USD.
             * @example 10.50
             */
            maxDayUsd: string;
            /**
             * @description What all purchases of a UTC month cost at most, in USD.
             * @example 10.50
             */
            maxMonthUsd: string;
            /** @description How many purchases a UTC day has at most. */
            maxDayCount: number;
            /** @description When and why the service turned it off; null when it did not. */
            stopped: {
                /**
                 * Format: date-time
                 * @description When it happened.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                at: string;
                /**
                 * @description Why.
                 * @enum {string}
                 */
                reason: "repeated_failures" | "do_not_try_again" | "authentication_required" | "payment_method_unusable" | "product_inactive" | "wrong_mode" | "dispute" | "early_warning" | "refunded" | "parked" | "other_account" | "org_closed";
            } | null;
            /** @description When it is tried again; null where it is not. */
            nextAttemptAt: string | null;
            /** @description The order that auto-refill waits for; null where there is none. */
            openOrderId: string | null;
            /** @description Who agreed to which terms, and when; null while it was never turned on. */
            consent: {
                /**
                 * Format: date-time
                 * @description When it happened.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                at: string;
                /**
                 * @description Who agreed.
                 * @example user:ada
                 */
                by: string;
                /** @description It buys when less than this can be spent, in USD; null while it was never set. */
                thresholdUsd: string | null;
                /**
                 * @description The pack that it buys; null where it buys up to a target.
                 * @example starter
                 */
                packId: string | null;
                /** @description It buys as much as brings the balance up to this, in place of a pack, in USD; null where it buys a pack. */
                targetUsd: string | null;
                /**
                 * @description What all purchases of a UTC day cost at most, in USD.
                 * @example 10.50
                 */
                maxDayUsd: string;
                /**
                 * @description What all purchases of a UTC month cost at most, in USD.
                 * @example 10.50
                 */
                maxMonthUsd: string;
                /** @description How many purchases a UTC day has at most. */
                maxDayCount: number;
                /**
                 * @description Which version of the text of consent the person saw; null where they named none.
                 * @example 2026-11
                 */
                textVersion: string | null;
            } | null;
        };
        SetAutoRefillRequest: {
            /** @description Whether auto-refill is on. Turning it on is the consent to be charged without being asked. */
            enabled: boolean;
            /**
             * @description It buys when less than this can be spent, in USD.
             * @example 5.00
             */
            thresholdUsd?: string;
            /**
             * @description The pack that it buys.
             * @example starter
             */
            packId?: string;
            /**
             * @description It buys as much as brings the balance up to this, in place of a pack, in USD.
             * @example 10.50
             */
            targetUsd?: string;
            /**
             * @description What all purchases of a UTC day cost at most, in USD.
             * @example 10.50
             */
            maxDayUsd?: string;
            /**
             * @description What all purchases of a UTC month cost at most, in USD.
             * @example 10.50
             */
            maxMonthUsd?: string;
            /** @description How many purchases a UTC day has at most. */
            maxDayCount?: number;
            /**
             * @description Which version of the text of consent the person saw.
             * @example 2026-11
             */
            consentTextVersion?: string;
        };
        CreateDebitRequest: {
            serviceType: components["schemas"]["ServiceType"];
            /**
             * @description The amount in USD; or `action` and `quantity` in its place.
             * @example 10.50
             */
            amountUsd?: string;
            /**
             * @description The action of the price book; with `quantity`.
             * @example chat
             */
            action?: string;
            /**
             * @description How many units of the action, with up to 6 places.
             * @example 1500
             */
            quantity?: string;
            /**
             * @description The caller's own reference.
             * @example chat-8812
             */
            reference?: string;
            /**
             * @description What it is for, in words.
             * @example Chat of the support desk
             */
            description?: string;
            /**
             * @description The caller's app that spends.
             * @example desk
             */
            appId?: string;
            /**
             * @description The user.
             * @example user-17
             */
            userId?: string;
            /**
             * @description The team that spends.
             * @example support
             */
            teamId?: string;
            /** @description The pairs of text that the caller noted. */
            metadata?: {
                [key: string]: string;
            };
        };
        CreateDebitReply: components["schemas"]["Debit"] | components["schemas"]["DebitPreview"];
        CreateHoldRequest: {
            /**
             * @description The amount in USD; or `action` and `quantity` in its place.
             * @example 10.50
             */
            amountUsd?: string;
            /**
             * @description The action of the price book; with `quantity`.
             * @example chat
             */
            action?: string;
            /**
             * @description How many units of the action, with up to 6 places.
             * @example 1500
             */
            quantity?: string;
            serviceType: components["schemas"]["ServiceType"];
            /**
             * @description The caller's own reference.
             * @example chat-8812
             */
            reference?: string;
            /**
             * @description What it is for, in words.
             * @example Chat of the support desk
             */
            description?: string;
            /**
             * @description The caller's app that spends.
             * @example desk
             */
            appId?: string;
            /**
             * @description The user.
             * @example user-17
             */
            userId?: string;
            /**
             * @description The team that spends.
             * @example support
             */
            teamId?: string;
            /** @description The pairs of text that the caller noted. */
            metadata?: {
                [key: string]: string;
            };
            /** @description How long the hold lasts from now on, in seconds. */
            expiresInSeconds?: number;
            /**
             * @description Whether a free gift card is held in place of money.
             * @default false
             */
            useGiftCard?: boolean;
            /**
             * @description Draws from this hold, and not from what is available.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_38
             */
            parentHoldId?: string;
            /** @description The hold ends unless its owner reports at least so often, in seconds. */
            heartbeatSeconds?: number;
        };
        CreateHoldReply: components["schemas"]["HoldOpened"] | components["schemas"]["HoldOpenedPreview"];
        CaptureHoldRequest: {
            /**
             * @description The id of the hold.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
             */
            holdId: string;
            /**
             * @description What to debit, in USD.
             * @example 10.50
             */
            amountUsd: string;
            /**
             * @description Whether the hold is closed, and what is left of it is freed.
             * @default true
             */
            final?: boolean;
            /**
             * @description Whether a cost above the hold may be taken from the available balance.
             * @default false
             */
            allowOverrun?: boolean;
        };
        CaptureHoldReply: components["schemas"]["HoldCaptured"] | components["schemas"]["HoldCapturedPreview"];
        ReleaseHoldRequest: {
            /**
             * @description The id of the hold.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
             */
            holdId: string;
            /**
             * @description Why, in words.
             * @example the chat was cancelled
             */
            reason?: string;
        };
        ReleaseHoldReply: components["schemas"]["HoldReleased"] | components["schemas"]["HoldReleasedPreview"];
        ExtendHoldRequest: {
            /**
             * @description The id of the hold.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
             */
            holdId: string;
            /** @description How long the hold lasts from now on, in seconds. */
            expiresInSeconds: number;
        };
        ExtendHoldReply: components["schemas"]["HoldExtended"] | components["schemas"]["HoldExtendedPreview"];
        GrowHoldRequest: {
            /**
             * @description The id of the hold.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
             */
            holdId: string;
            /**
             * @description How much to add, in USD.
             * @example 10.50
             */
            byUsd?: string;
            /**
             * @description How much the hold shall have left, in USD; in place of `byUsd`.
             * @example 10.50
             */
            toUsd?: string;
        };
        GrowHoldReply: components["schemas"]["HoldGrown"] | components["schemas"]["HoldGrownPreview"];
        ReportUsageRequest: {
            /** @description The events, each checked and charged separately. */
            events: {
                /** @description Of your own; an event is charged once for each wallet and id, for ever. */
                id: string;
                /**
                 * @description The action of the price book.
                 * @example chat
                 */
                action: string;
                /**
                 * @description How many units.
                 * @example 1500
                 */
                quantity: string;
                /**
                 * Format: date-time
                 * @description When it happened: at most 35 days ago, and 5 minutes ahead. Its price is that of this time.
                 */
                at: string;
                /** @default FEATURE */
                serviceType?: components["schemas"]["ServiceType"];
                /**
                 * @description The caller's own reference.
                 * @example chat-8812
                 */
                reference?: string;
                /**
                 * @description What it is for, in words.
                 * @example Chat of the support desk
                 */
                description?: string;
                /**
                 * @description The caller's app that spends.
                 * @example desk
                 */
                appId?: string;
                /**
                 * @description The user.
                 * @example user-17
                 */
                userId?: string;
                /**
                 * @description The team that spends.
                 * @example support
                 */
                teamId?: string;
                /** @description The pairs of text that the caller noted. */
                metadata?: {
                    [key: string]: string;
                };
            }[];
        };
        ReportUsageReply: {
            /**
             * @description Present in the answer to a dry run: nothing was written.
             * @constant
             */
            dryRun?: true;
            /** @description One result for each, in the same order. */
            results: components["schemas"]["UsageResult"][];
            /** @description What events that are alike were charged together. */
            charges: components["schemas"]["UsageCharge"][];
        };
        UsageResult: {
            /**
             * @description The id of the event; null where it names none.
             * @example req-1
             */
            id: string | null;
            /** @description The status that the event would have as a single call. */
            status: number;
            /** @description Whether it was charged before, with the same content. */
            seen: boolean;
            /** @description Its place in `charges`; null where it was seen or refused. */
            charge: number | null;
            /** @description Why the event was refused; left out where it was not. */
            problem?: components["schemas"]["UsageProblem"];
        };
        UsageProblem: {
            /** @description The status that the event would have as a single call. */
            status: number;
            /**
             * @description The stable code of the problem.
             * @example NOT_FOUND
             */
            code: string;
            /**
             * @description What happened and what to do, in words.
             * @example there is no such hold
             */
            detail: string;
            /**
             * @description What happened and what to do, in words.
             * @example there is no such hold
             */
            message: string;
        };
        UsageCharge: {
            /**
             * @description The id of the command; null where the events cost nothing, and in a dry run.
             * @example cmd_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            commandId?: string | null;
            /**
             * @description The service that is charged; null where none is.
             * @example AI_API
             */
            serviceType: string | null;
            /**
             * @description What they cost together, in USD.
             * @example 10.50
             */
            amountUsd: string;
            /**
             * @description The action of the price book; null where an amount was named.
             * @example chat
             */
            action: string | null;
            /**
             * @description How many units; null where an amount was named.
             * @example 1500
             */
            quantity: string | null;
            /** @description The row of the price book, its rate for a unit, and how their product was rounded. */
            price: {
                /**
                 * Format: uuid
                 * @description The id of the row of the price book.
                 */
                priceId: string;
                /**
                 * @description USD for a unit.
                 * @example 0.00002
                 */
                rateUsd: string;
                /**
                 * @description How the product was rounded.
                 * @constant
                 */
                rounding: "up";
            } | null;
            /** @description How many events it covers. */
            events: number;
            /**
             * @description What can be spent after it, in USD.
             * @example 10.50
             */
            availableUsd: string;
            /**
             * @description What open holds keep after it, in USD.
             * @example 10.50
             */
            heldUsd: string;
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /** @description The entries that the command wrote, in their order. */
            entries: {
                /**
                 * @description The id of the entry.
                 * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
                 */
                id?: string;
                /**
                 * @description The same on all entries that one command wrote.
                 * @example cmd_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
                 */
                commandId?: string;
                /** @description What kind of entry it is. */
                type: components["schemas"]["EntryType"];
                /**
                 * @description The service that is charged; null where none is.
                 * @example AI_API
                 */
                serviceType: string | null;
                /**
                 * @description The amount in USD; negative where it leaves the wallet.
                 * @example 10.50
                 */
                amountUsd: string;
                /**
                 * @description What it did to the available balance, in USD; signed.
                 * @example 10.50
                 */
                availableDeltaUsd: string;
                /**
                 * @description What it did to the held balance, in USD; signed.
                 * @example 10.50
                 */
                heldDeltaUsd: string;
                /**
                 * @description What could be spent after it, in USD.
                 * @example 10.50
                 */
                availableAfterUsd: string;
                /**
                 * @description What open holds kept after it, in USD.
                 * @example 10.50
                 */
                heldAfterUsd: string;
                /** @description What it did to the number of free gift cards; signed. */
                giftCardsDelta: number;
                /** @description How many free gift cards could be used after it. */
                giftCardsAvailableAfter: number;
                /** @description How many free gift cards were held after it. */
                giftCardsHeldAfter: number;
                /**
                 * @description The idempotency key of the command; null on entries of before it was kept.
                 * @example order-8812-charge
                 */
                idempotencyKey: string | null;
                /**
                 * @description The lot that the entry opened, drew on or filled; null where there is none.
                 * @example lot_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_12
                 */
                lotId?: string | null;
                /** @description What the lot had left after it, in USD; null where there is none. */
                lotLeftUsd: string | null;
                /** @description What alone the lot that the entry opened may pay for; null: everything. */
                restrictedTo: {
                    /** @description The services it may pay for; null: every service. */
                    services: string[] | null;
                    /** @description The actions it may pay for; null: every action. */
                    actions: string[] | null;
                } | null;
                /**
                 * @description The first entry of the charge that the entry gives back; null for other entries.
                 * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_38
                 */
                refundOf: string | null;
                /**
                 * @description The hold that the entry is about; null for other entries.
                 * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
                 */
                holdId: string | null;
                /**
                 * @description The hold that the money of that hold came from; null where it came from the balance.
                 * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_38
                 */
                parentHoldId: string | null;
                /** @description The id of the deposit; null where it is about none. */
                depositId: string | null;
                /** @description The id of the order; null where there is none. */
                orderId: string | null;
                /**
                 * @description The hash of the transaction that the deposit came in; null for other entries.
                 * @example 0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e
                 */
                txHash: string | null;
                /**
                 * @description The chain, as a CAIP-2 id; null where it is about none.
                 * @example eip155:8453
                 */
                chain: string | null;
                /**
                 * @description The action of the price book; null where an amount was named.
                 * @example chat
                 */
                action: string | null;
                /**
                 * @description How many units; null where an amount was named.
                 * @example 1500
                 */
                quantity: string | null;
                /** @description The row of the price book, its rate for a unit, and how their product was rounded. */
                price: {
                    /**
                     * Format: uuid
                     * @description The id of the row of the price book.
                     */
                    priceId: string;
                    /**
                     * @description USD for a unit.
                     * @example 0.00002
                     */
                    rateUsd: string;
                    /**
                     * @description How the product was rounded.
                     * @constant
                     */
                    rounding: "up";
                } | null;
                /**
                 * @description The caller's own reference.
                 * @example chat-8812
                 */
                reference: string | null;
                /**
                 * @description What it is for, in words.
                 * @example Chat of the support desk
                 */
                description: string | null;
                /**
                 * @description The caller's app that spends.
                 * @example desk
                 */
                appId: string | null;
                /**
                 * @description The user.
                 * @example user-17
                 */
                userId: string | null;
                /**
                 * @description The team that spends.
                 * @example support
                 */
                teamId: string | null;
                /**
                 * @description The pairs of text that the caller noted; null where there are none.
                 * @example {
                 *       "project": "atlas"
                 *     }
                 */
                metadata: {
                    [key: string]: string;
                } | null;
                /**
                 * Format: date-time
                 * @description When it was recorded.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                createdAt: string;
            }[];
            /** @description What a spend left of the budgets that it counts in; left out where it counts in none. */
            budgets?: components["schemas"]["BudgetsLeft"];
        };
        ListBudgetsReply: {
            /** @description The budgets, newest first. */
            budgets: components["schemas"]["Budget"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        Budget: {
            /**
             * Format: uuid
             * @description The id of the budget.
             */
            id: string;
            /**
             * @description The name that people read; null without one.
             * @example Chat of user-17
             */
            name: string | null;
            /**
             * @description Which field of a spend it is about; `key`: the API key that makes the call.
             * @enum {string}
             */
            subject: "userId" | "teamId" | "appId" | "serviceType" | "key";
            /**
             * @description The user, team, app, service or key that it is about.
             * @example user-17
             */
            value: string;
            /**
             * @description When the budget begins anew, in the time zone of the org; `none`: never.
             * @enum {string}
             */
            period: "day" | "month" | "none";
            /**
             * @description A hard budget refuses what would pass its limit; a soft one only counts and warns.
             * @enum {string}
             */
            mode: "hard" | "soft";
            /**
             * @description The limit of a period, in USD.
             * @example 10.50
             */
            limitUsd: string;
            /** @description The part of the limit, in percent, from which on `budget.warned` is sent; null: it is not. */
            warnAtPercent: number | null;
            /**
             * @description What was spent in the present period, in USD.
             * @example 10.50
             */
            usedUsd: string;
            /**
             * @description What open holds reserve of it, in USD.
             * @example 10.50
             */
            reservedUsd: string;
            /**
             * @description What is left of the limit, in USD; zero where more was counted than the limit.
             * @example 10.50
             */
            leftUsd: string;
            /** @description When the present period began; null where there is none. */
            periodStart: string | null;
            /** @description The end of the present period; null where the budget has none. */
            renewsAt: string | null;
            /**
             * @description The time zone of its periods.
             * @example Europe/Berlin
             */
            timeZone: string;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
        };
        CreateBudgetRequest: {
            /**
             * @description The name that people read.
             * @example Chat of user-17
             */
            name?: string;
            /**
             * @description Which field of a spend it is about; `key`: the API key that makes the call.
             * @enum {string}
             */
            subject: "userId" | "teamId" | "appId" | "serviceType" | "key";
            /** @description The user, team, app, service, or the id of the key. */
            value: string;
            /**
             * @description When it begins anew, in the time zone of the org; `none`: never.
             * @enum {string}
             */
            period: "day" | "month" | "none";
            /**
             * @description The limit of a period, in USD.
             * @example 10.50
             */
            limitUsd: string;
            /**
             * @description A hard budget refuses what would pass its limit; a soft one only counts and warns.
             * @enum {string}
             */
            mode: "hard" | "soft";
            /** @description The part of the limit from which on `budget.warned` is sent; null: it is not. */
            warnAtPercent?: number | null;
        };
        UpdateBudgetRequest: {
            /**
             * @description The name that people read; null without one.
             * @example Chat of user-17
             */
            name?: string | null;
            /**
             * @description The limit of a period, in USD.
             * @example 10.50
             */
            limitUsd?: string;
            /**
             * @description A hard budget refuses what would pass its limit; a soft one only counts and warns.
             * @enum {string}
             */
            mode?: "hard" | "soft";
            /** @description The part of the limit from which on `budget.warned` is sent; null: it is not. */
            warnAtPercent?: number | null;
        };
        ExplainDecisionReply: {
            /** @description One for an entry or a hold; for a request, one for each of its refused commands, up to 20. */
            decisions: components["schemas"]["Decision"][];
            /** @description The id of a hold: why it was opened, and what became of it; in the answer what became of it, null for others. */
            hold: {
                /**
                 * @description The id of the hold.
                 * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
                 */
                holdId: string;
                /**
                 * @description `open`, or what ended it.
                 * @enum {string}
                 */
                state: "open" | "captured" | "released" | "expired";
                /**
                 * @description What it has left, in USD.
                 * @example 10.50
                 */
                leftUsd: string;
                /**
                 * @description What was captured of the hold, in USD.
                 * @example 10.50
                 */
                capturedUsd: string;
                /** @description When it expires; null where it does not. */
                expiresAt: string | null;
                /** @description When it was closed; null while it is open. */
                closedAt: string | null;
            } | null;
        };
        Decision: {
            /**
             * @description Whether the command was accepted.
             * @enum {string}
             */
            outcome: "accepted" | "refused";
            /**
             * @description What was asked for.
             * @example treasury.debit
             */
            operation: string;
            /**
             * Format: date-time
             * @description When it was decided.
             * @example 2026-01-31T12:00:00.000Z
             */
            at: string;
            /**
             * @description The decision in words, for people.
             * @example The debit of 10.00 USD was refused: 3.00 USD were available.
             */
            explanation: string;
            /** @description Why it was refused; null where it was accepted. */
            refusal: {
                /**
                 * @description The code of the refusal.
                 * @enum {string}
                 */
                code: "VALIDATION_FAILED" | "ORG_REQUIRED" | "SERVICE_TYPE_RESERVED" | "SIGNATURE_INVALID" | "PLAN_NOT_SELLABLE" | "UNAUTHENTICATED" | "CREDIT_INSUFFICIENT" | "CARD_DECLINED" | "FORBIDDEN" | "ORG_SUSPENDED" | "USER_SUSPENDED" | "NOT_FOUND" | "SENDER_CLAIMED" | "HOLD_NOT_PENDING" | "HOLD_EXCEEDED" | "DEPOSIT_NOT_OPEN" | "ORDER_NOT_OPEN" | "PRODUCT_INACTIVE" | "ALREADY_CHECKED_IN" | "CHECKIN_DISABLED" | "COUPON_UNUSABLE" | "DISPUTE_NOT_OPEN" | "PAYMENTS_NOT_CONFIGURED" | "REFUND_NOT_POSSIBLE" | "SUBSCRIPTION_STATE" | "IDEMPOTENCY_CONFLICT" | "CURSOR_AHEAD" | "BODY_TOO_LARGE" | "RATE_LIMITED" | "PAYMENT_PROVIDER_FAILED" | "LEDGER_UNAVAILABLE" | "DEPOSIT_ADDRESS_UNAVAILABLE" | "RECOVERY_REQUIRED";
                /**
                 * @description What the caller was answered.
                 * @example 10.00 USD needed, 3.00 USD available
                 */
                message: string;
                /**
                 * @description Which check refused.
                 * @enum {string}
                 */
                by: "rule" | "suspension" | "other";
            } | null;
            /** @description What would have turned the decision round, the nearest first. */
            changes: {
                /**
                 * @description What would have to be different.
                 * @enum {string}
                 */
                change: "available" | "amount" | "budget" | "quantity" | "time" | "openHolds" | "overrun" | "frozen" | "restricted" | "suspension";
                /** @description By how much, in USD; null where it is about no amount. */
                byUsd: string | null;
                /**
                 * @description By how many units; null where it is about none.
                 * @example 500
                 */
                byQuantity: string | null;
                /** @description How many seconds earlier; null where it is about no time. */
                earlierSeconds: number | null;
                /**
                 * @description The same in words.
                 * @example With 7.00 USD more available it would have been accepted.
                 */
                text: string;
            }[];
            /** @description The wallet before the command; null where it is not known. */
            before: {
                /**
                 * @description The last entry before the command; null where there was none.
                 * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
                 */
                entryId: string | null;
                /**
                 * @description What could be spent, in USD.
                 * @example 10.50
                 */
                availableUsd: string;
                /**
                 * @description What open holds kept, in USD.
                 * @example 10.50
                 */
                heldUsd: string;
                /**
                 * @description What is owed, in USD.
                 * @example 10.50
                 */
                debtUsd: string;
                /**
                 * @description What disputes keep from being spent, in USD.
                 * @example 10.50
                 */
                frozenUsd: string;
                /** @description How many free gift cards there are. */
                freeGiftCards: number;
            } | null;
            /** @description Whether the rule decides the same again on that state; null where it was not the rule that refused. */
            reproduced: boolean | null;
            /** @description What is known of that state; of a hold, `open` or what ended it. */
            state: {
                /** @description What is known of that state. */
                complete: boolean;
                /** @description How many entries were read to find out. */
                entriesRead: number;
            };
            /** @description The lots that the command touched. */
            lots: {
                /**
                 * @description The id of the lot.
                 * @example lot_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_12
                 */
                lotId: string;
                /** @description What opened the lot; null where that is unknown. */
                source: ("deposit" | "card" | "grant" | "refund" | "adjustment" | "settlement" | "rev_share") | null;
                /** @description Whether its credit was given, not paid for. */
                promotional: boolean;
                /** @description When it expires; null where it does not. */
                expiresAt: string | null;
                /**
                 * @description What the command did to the lot, in USD; signed.
                 * @example 10.50
                 */
                deltaUsd: string;
                /**
                 * @description What it has left, in USD.
                 * @example 10.50
                 */
                leftUsd: string;
            }[];
            /** @description How the command was priced. */
            price: {
                /**
                 * @description The action of the price book; null where an amount was named.
                 * @example chat
                 */
                action: string | null;
                /**
                 * @description How many units; null where an amount was named.
                 * @example 1500
                 */
                quantity: string | null;
                /** @description The row of the price book, its rate for a unit, and how their product was rounded. */
                price: {
                    /**
                     * Format: uuid
                     * @description The id of the row of the price book.
                     */
                    priceId: string;
                    /**
                     * @description USD for a unit.
                     * @example 0.00002
                     */
                    rateUsd: string;
                    /**
                     * @description How the product was rounded.
                     * @constant
                     */
                    rounding: "up";
                } | null;
            };
            /** @description Who asked for it. */
            asked: {
                /**
                 * @description Who called; null where that was not kept.
                 * @example key:0aB3dE7z
                 */
                actor: string | null;
                /**
                 * @description The id of the request: `requestId` of its problem, or the header `X-Request-Id` of its answer.
                 * @example 019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
                 */
                requestId: string | null;
                /**
                 * @description The idempotency key of the command.
                 * @example order-8812-charge
                 */
                idempotencyKey: string | null;
                /**
                 * @description The caller's app that spends.
                 * @example desk
                 */
                appId: string | null;
                /**
                 * @description The user.
                 * @example user-17
                 */
                userId: string | null;
                /**
                 * @description The team that spends.
                 * @example support
                 */
                teamId: string | null;
            };
            /** @description The entries that the command wrote, in their order. */
            entries: components["schemas"]["Entry"][];
        };
        OrgBilling: {
            /**
             * Format: uuid
             * @description The id of the org.
             */
            org_id: string;
            /** @description The mode of the key, live or test; null while there is none. */
            mode: ("live" | "test") | null;
            /** @description Whether a key of a Stripe account is kept. */
            has_stripe_key: boolean;
            /**
             * @description The last four characters of the key; null while there is none.
             * @example 4242
             */
            stripe_key_last4: string | null;
            /** @description Whether a webhook secret is kept. */
            has_webhook_secret: boolean;
            /**
             * @description The last four characters of the webhook secret; null while there is none.
             * @example f3Qa
             */
            webhook_secret_last4: string | null;
            /**
             * Format: uri
             * @description Where the account is to send its webhooks.
             */
            webhook_url: string;
            /** @description What calls to the account were refused for: `key`, or permissions that a restricted key lacks. */
            missing_permissions: string[];
            /** @description What every new org of the deployment is given, in micro-dollars. */
            free_tier_amount: number;
            /** @description Whether a payment method of the org is kept. */
            has_payment_method: boolean;
            /** @description Whether auto-refill is on. Turning it on is the consent to be charged without being asked. */
            auto_refill_enabled: boolean;
            /**
             * @description What auto-refill does at present.
             * @enum {string}
             */
            auto_refill_state: "off" | "on" | "waiting_for_payment_method" | "stopped";
            /** @description Auto-refill buys when less than this can be spent, in micro-dollars. */
            auto_refill_threshold: number | null;
            /** @description The product that auto-refill buys. */
            auto_refill_product_id: string | null;
            /** @description Auto-refill buys as much as brings the balance up to this, in place of a product. */
            auto_refill_target_micros: number | null;
            /** @description What all purchases of a UTC day cost at most, in cents. */
            auto_refill_max_day_cents: number;
            /** @description What all purchases of a UTC month cost at most, in cents. */
            auto_refill_max_month_cents: number;
            /** @description How many purchases a UTC day has at most. */
            auto_refill_max_day_count: number;
            /** @description When and why the service turned it off; null when it did not. */
            auto_refill_stopped: {
                /**
                 * Format: date-time
                 * @description When it happened.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                at: string;
                /**
                 * @description Why.
                 * @enum {string}
                 */
                reason: "repeated_failures" | "do_not_try_again" | "authentication_required" | "payment_method_unusable" | "product_inactive" | "wrong_mode" | "dispute" | "early_warning" | "refunded" | "parked" | "other_account" | "org_closed";
            } | null;
            /** @description Who agreed to which terms, and when; null while it was never turned on. */
            auto_refill_consent: {
                /**
                 * Format: date-time
                 * @description When it happened.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                at: string;
                /**
                 * @description Who agreed.
                 * @example user:ada
                 */
                by: string;
                /**
                 * @description Which version of the text of consent the person saw; null where they named none.
                 * @example 2026-11
                 */
                text_version: string | null;
                /** @description Auto-refill buys when less than this can be spent, in micro-dollars. */
                auto_refill_threshold: number | null;
                /** @description The product that auto-refill buys. */
                auto_refill_product_id: string | null;
                /** @description Auto-refill buys as much as brings the balance up to this, in place of a product. */
                auto_refill_target_micros: number | null;
                /** @description What all purchases of a UTC day cost at most, in cents. */
                auto_refill_max_day_cents: number;
                /** @description What all purchases of a UTC month cost at most, in cents. */
                auto_refill_max_month_cents: number;
                /** @description How many purchases a UTC day has at most. */
                auto_refill_max_day_count: number;
            } | null;
        };
        UpdateOrgBillingRequest: {
            /** @description The key of a Stripe account; null removes it. Never shown again. */
            stripe_secret_key?: string | null;
            /** @description The secret that signs the webhooks of the account; null removes it. Never shown again. */
            stripe_webhook_secret?: string | null;
            /** @description What every new org of the deployment is given, in micro-dollars. */
            free_tier_amount?: number;
            /** @description Whether auto-refill is on. Turning it on is the consent to be charged without being asked. */
            auto_refill_enabled?: boolean;
            /** @description Auto-refill buys when less than this can be spent, in micro-dollars. */
            auto_refill_threshold?: number;
            /**
             * Format: uuid
             * @description The product that auto-refill buys.
             */
            auto_refill_product_id?: string;
            /** @description Auto-refill buys as much as brings the balance up to this, in place of a product. */
            auto_refill_target_micros?: number;
            /** @description What all purchases of a UTC day cost at most, in cents. */
            auto_refill_max_day_cents?: number;
            /** @description What all purchases of a UTC month cost at most, in cents. */
            auto_refill_max_month_cents?: number;
            /** @description How many purchases a UTC day has at most. */
            auto_refill_max_day_count?: number;
            /**
             * @description Which version of the text of consent the person saw.
             * @example 2026-11
             */
            auto_refill_consent_text_version?: string;
        };
        PutOrgBillingRequest: {
            /** @description The key of a Stripe account; null removes it. Never shown again. */
            stripe_secret_key?: string | null;
            /** @description The secret that signs the webhooks of the account; null removes it. Never shown again. */
            stripe_webhook_secret?: string | null;
            /** @description What every new org of the deployment is given, in micro-dollars. */
            free_tier_amount?: number;
            /** @description Whether auto-refill is on. Turning it on is the consent to be charged without being asked. */
            auto_refill_enabled?: boolean;
            /** @description Auto-refill buys when less than this can be spent, in micro-dollars. */
            auto_refill_threshold?: number;
            /**
             * Format: uuid
             * @description The product that auto-refill buys.
             */
            auto_refill_product_id?: string;
            /** @description Auto-refill buys as much as brings the balance up to this, in place of a product. */
            auto_refill_target_micros?: number;
            /** @description What all purchases of a UTC day cost at most, in cents. */
            auto_refill_max_day_cents?: number;
            /** @description What all purchases of a UTC month cost at most, in cents. */
            auto_refill_max_month_cents?: number;
            /** @description How many purchases a UTC day has at most. */
            auto_refill_max_day_count?: number;
            /**
             * @description Which version of the text of consent the person saw.
             * @example 2026-11
             */
            auto_refill_consent_text_version?: string;
        };
        OrgWallet: {
            /** @description What can be spent, in micro-dollars. */
            wallet_balance: number;
            /**
             * @description The same as text, in dollars.
             * @example $10.00
             */
            wallet_balance_usd: string;
        };
        CreateOrgTransactionRequest: {
            /**
             * @description `deposit` records money that came in by hand, `charge` takes it.
             * @enum {string}
             */
            operation: "deposit" | "charge";
            /** @description The amount in micro-dollars. */
            amount_micros: number;
            /**
             * @description What it is for, in words.
             * @example Chat of the support desk
             */
            description: string;
            /**
             * @description The app that spends.
             * @example desk
             */
            app_id?: string;
        };
        CreateOrgTransactionReply: components["schemas"]["OrgTransactionDone"] | components["schemas"]["OrgTransactionDonePreview"];
        OrgTransactionDone: {
            /** @description What can be spent, in micro-dollars. */
            wallet_balance: number;
            /**
             * @description The same as text, in dollars.
             * @example $10.00
             */
            wallet_balance_usd: string;
            /** @description What was recorded. */
            transaction: components["schemas"]["OrgTransaction"];
            /** @description What a spend left of the budgets that it counts in; left out where it counts in none. */
            budgets?: components["schemas"]["OrgBudgetLeft"][];
        };
        OrgTransaction: {
            /**
             * @description The id of the transaction.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            transaction_id: string;
            /**
             * @description What kind of transaction it is.
             * @enum {string}
             */
            type: "deposit" | "charge" | "hold" | "release" | "refund" | "expiry" | "adjustment";
            /** @description What it did to the balance, in micro-dollars; signed. */
            amount_micros: number;
            /** @description What could be spent after it, in micro-dollars. */
            balance_after: number;
            /**
             * @description What it is for, in words; null without one.
             * @example Chat of the support desk
             */
            description: string | null;
            /**
             * @description The app that spends; null without one.
             * @example desk
             */
            app_id: string | null;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            created_at: string;
        };
        OrgBudgetLeft: {
            /**
             * Format: uuid
             * @description The id of the budget.
             */
            budget_id: string;
            /** @description What is left, in micro-dollars. */
            left_micros: number;
            /** @description When the budget begins anew; null where it never does. */
            renews_at: string | null;
        };
        OrgTransactionDonePreview: {
            /**
             * @description Present in the answer to a dry run: nothing was written.
             * @constant
             */
            dryRun: true;
            /** @description What can be spent, in micro-dollars. */
            wallet_balance: number;
            /**
             * @description The same as text, in dollars.
             * @example $10.00
             */
            wallet_balance_usd: string;
            transaction: components["schemas"]["OrgTransactionPreview"];
            /** @description What a spend left of the budgets that it counts in; left out where it counts in none. */
            budgets?: components["schemas"]["OrgBudgetLeft"][];
        };
        /** @description What would be recorded. */
        OrgTransactionPreview: {
            /**
             * @description What kind of transaction it is.
             * @enum {string}
             */
            type: "deposit" | "charge" | "hold" | "release" | "refund" | "expiry" | "adjustment";
            /** @description What it did to the balance, in micro-dollars; signed. */
            amount_micros: number;
            /** @description What could be spent after it, in micro-dollars. */
            balance_after: number;
            /**
             * @description What it is for, in words; null without one.
             * @example Chat of the support desk
             */
            description: string | null;
            /**
             * @description The app that spends; null without one.
             * @example desk
             */
            app_id: string | null;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            created_at: string;
        };
        CreateOrgTransactionAccepted: components["schemas"]["Approval"] | components["schemas"]["ApprovalPreview"];
        ApprovalPreview: {
            /**
             * @description Nothing was written.
             * @constant
             */
            dryRun: true;
            /**
             * Format: uuid
             * @description The id of the request.
             */
            id?: string;
            /** @description The org that it is about; null where it is about a user, or about the whole deployment. */
            org: string | null;
            /**
             * @description The user whose wallet it is about; null where it is about none.
             * @example user-17
             */
            user: string | null;
            /** @description Whether it is open, or what became of it. */
            state: components["schemas"]["ApprovalState"];
            /**
             * @description What is done once it is approved, in words.
             * @example Grant of 150.00 USD
             */
            what: string;
            /** @description The booking that is requested; null for a change. */
            booking: {
                /** @description What kind of entry it would be. */
                type: components["schemas"]["EntryType"];
                /**
                 * @description What the wallet gains by it, in USD; signed.
                 * @example 10.50
                 */
                amountUsd: string;
                /**
                 * @description Why it is requested.
                 * @example agreed with the customer
                 */
                reason: string;
                /**
                 * @description The service that is charged; null where none is.
                 * @example AI_API
                 */
                serviceType: string | null;
                /** @description When the credit expires; null where it does not. */
                expiresAt: string | null;
                /** @description What alone the credit may pay for; null: everything. */
                restrictedTo: {
                    /** @description The services it may pay for; null: every service. */
                    services: string[] | null;
                    /** @description The actions it may pay for; null: every action. */
                    actions: string[] | null;
                } | null;
                /**
                 * @description The first entry of the charge that is given back; null for other bookings.
                 * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
                 */
                refundOf: string | null;
                /**
                 * @description The caller's own reference.
                 * @example chat-8812
                 */
                reference: string | null;
                /** @description The pairs of text that the caller noted. */
                metadata: {
                    [key: string]: string;
                } | null;
            } | null;
            /** @description The change that is requested, such as a price; null for a booking. */
            change: {
                /**
                 * @description What is to be changed.
                 * @example price
                 */
                kind: string;
                /** @description How much credit counts against the limit, in USD; null: nothing bounds it. */
                countsUsd: string | null;
            } | null;
            /**
             * @description Who requested it.
             * @example key:0aB3dE7z
             */
            requestedBy: string;
            /**
             * Format: date-time
             * @description When it was requested.
             * @example 2026-01-31T12:00:00.000Z
             */
            requestedAt: string;
            /**
             * Format: date-time
             * @description The time until which it may be decided; of a booking, when the credit expires, null where it does not.
             * @example 2026-01-31T12:00:00.000Z
             */
            expiresAt: string;
            /**
             * @description Who decided; null while nobody has.
             * @example user:ada
             */
            decidedBy: string | null;
            /** @description When it was decided; null while it is open. */
            decidedAt: string | null;
            /**
             * @description Why it was decided so; null without a reason.
             * @example checked
             */
            decisionReason: string | null;
            /**
             * @description The first of the entries of a booking; null until they are written.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            entryId?: string | null;
            /**
             * @description The code with which what was approved was refused at the last try; null when it was not. Approving a booking again tries again.
             * @example CREDIT_INSUFFICIENT
             */
            refusal: string | null;
            /**
             * @description Why, in words; null where only the code is known.
             * @example 10.00 USD needed, 3.00 USD available
             */
            refusalDetail: string | null;
            /**
             * @description The idempotency key of the command.
             * @example order-8812-charge
             */
            idempotencyKey: string;
        };
        ListOrgTransactionsReply: {
            /** @description The transactions, newest first. */
            transactions: components["schemas"]["OrgTransaction"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            next_cursor: string | null;
        };
        CreateProductRequest: {
            /**
             * @description The name that buyers read.
             * @example Credits for 10 dollars
             */
            name: string;
            /**
             * @description How the product is billed.
             * @default one_time
             * @enum {string}
             */
            billing_model?: "one_time";
            /** @description The price in cents. */
            price_cents: number;
            /** @description What a purchase credits, in micro-dollars; what is above the price is given. */
            amount_micros: number;
            /**
             * @description The currency; always usd.
             * @constant
             */
            currency?: "usd";
        };
        Product: {
            /**
             * Format: uuid
             * @description The id of the product.
             */
            product_id: string;
            /**
             * @description The name that buyers read.
             * @example Credits for 10 dollars
             */
            name: string;
            /**
             * @description How the product is billed.
             * @enum {string}
             */
            billing_model: "one_time";
            /** @description The price in cents. */
            price_cents: number;
            /** @description What a purchase credits, in micro-dollars. */
            amount_micros: number;
            /**
             * @description The currency; always usd.
             * @constant
             */
            currency: "usd";
            /** @description Whether it is for sale. */
            active: boolean;
            /**
             * @description The mode that it is sold in, live or test.
             * @enum {string}
             */
            mode: "live" | "test";
            /**
             * @description The id of the product at Stripe; null while it has none.
             * @example prod_1
             */
            stripe_product_id: string | null;
            /**
             * @description The id of the price at Stripe; null while it has none.
             * @example price_1
             */
            stripe_price_id: string | null;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            created_at: string;
        };
        ListProductsReply: {
            /** @description The products, newest first. */
            products: components["schemas"]["Product"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            next_cursor: string | null;
        };
        /**
         * @example {
         *       "active": false
         *     }
         */
        UpdateProductRequest: {
            /**
             * @description The name that buyers read.
             * @example Credits for 10 dollars
             */
            name?: string;
            /** @description Whether it is for sale. */
            active?: boolean;
        };
        CreateProductCheckoutRequest: {
            /**
             * Format: uuid
             * @description The id of the product.
             */
            product_id: string;
            /**
             * @description Where the payer goes after paying; `{CHECKOUT_SESSION_ID}` in it becomes the id of the checkout.
             * @example https://shop.example/paid
             */
            success_url: string;
            /**
             * @description Where the payer goes without paying.
             * @example https://shop.example/cart
             */
            cancel_url: string;
            /** @description Keeps the payer's method for later purchases of the org. */
            save_payment_method?: boolean;
            /** @description The caller's own pairs of text, kept with the order. */
            metadata?: {
                [key: string]: string;
            };
        };
        CreateProductCheckoutReply: {
            /**
             * @description Where the payer pays; null once the checkout is closed.
             * @example https://checkout.example/c/cs_1
             */
            checkout_url: string | null;
            /**
             * @description The id of the checkout.
             * @example cs_test_a1
             */
            session_id: string;
            /**
             * Format: uuid
             * @description The id of the order.
             */
            order_id: string;
        };
        VerifyProductCheckoutRequest: Record<string, never>;
        VerifyProductCheckoutReply: {
            /**
             * @description The id of the checkout.
             * @example cs_test_a1
             */
            session_id: string;
            /**
             * Format: uuid
             * @description The id of the order.
             */
            order_id: string;
            /**
             * @description The state of the order.
             * @enum {string}
             */
            state: "created" | "awaiting_payment" | "processing" | "paid" | "credited" | "parked" | "failed" | "expired" | "cancelled";
            /** @description Whether what was bought is in the wallet. */
            credited: boolean;
            /** @description What can be spent, in micro-dollars. */
            wallet_balance: number;
            /**
             * @description The same as text, in dollars.
             * @example $10.00
             */
            wallet_balance_usd: string;
        };
        GetUserWalletReply: {
            /** @description What can be spent, in dollars. */
            credits: number;
            /** @description The same as `credits`. */
            balance: number;
            /**
             * @description The user.
             * @example user-17
             */
            user_id: string;
            /** @description What of it is for some things only; left out where nothing is. */
            restricted?: {
                /** @description The services it may pay for; null: every service. */
                services: string[] | null;
                /** @description The actions it may pay for; null: every action. */
                actions: string[] | null;
                /** @description The amount in dollars. */
                credits: number;
            }[];
            /** @description What ends next, on one day (UTC), and when the first of it does; left out where nothing ends. */
            next_expiry?: {
                /** @description The amount in dollars. */
                credits: number;
                /**
                 * Format: date-time
                 * @description When it expires.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                expires_at: string;
            };
        };
        DeductFromUserWalletRequest: {
            /**
             * @description The user who is charged.
             * @example user-17
             */
            user_id: string;
            /**
             * @description The feature that is charged.
             * @example chat
             */
            feature: string;
            /** @description How many units; 1 when left out. */
            count?: number;
            /** @description The same as `count`. */
            units?: number;
            /** @description The amount in dollars; in place of the rate of the feature. */
            amount?: number;
            /** @description An alternative to the Idempotency-Key header. */
            idempotency_key?: string;
        };
        DeductFromUserWalletReply: components["schemas"]["UserWalletDeducted"] | components["schemas"]["UserWalletTooLow"];
        UserWalletDeducted: {
            /**
             * @description Always true: the user was charged.
             * @constant
             */
            allowed: true;
            /** @description What could be spent before, in dollars. */
            balanceBefore: number;
            /** @description What can be spent now, in dollars. */
            balanceAfter: number;
            /** @description The same as `credits`, or as `balanceAfter`. */
            balance: number;
            /** @description What was charged, in dollars. */
            deducted: number;
        };
        UserWalletTooLow: {
            /**
             * @description Always false: the balance does not do, and the user was not charged.
             * @constant
             */
            allowed: false;
            /** @description What could be spent before, in dollars. */
            balanceBefore: number;
            /** @description What it would have cost, in dollars. */
            required: number;
        };
        /**
         * @example {
         *       "user_id": "user-17",
         *       "amountDollars": 20,
         *       "returnUrl": "https://shop.example/account"
         *     }
         */
        CreateTopUpSessionRequest: {
            /**
             * @description The user whose wallet is topped up.
             * @example user-17
             */
            user_id: string;
            /** @description Whole dollars; `amount_dollars` is taken as well. */
            amountDollars?: number;
            /** @description The same as `amountDollars`. */
            amount?: number;
            /**
             * @description What it is bought for; kept with the order.
             * @example credits
             */
            product?: string;
            /**
             * @description Where the payer goes afterwards, paid or not; `success_url` and `cancel_url` take its place for their outcome.
             * @example https://shop.example/account
             */
            returnUrl?: string;
            /**
             * @description Where the payer goes after paying; `{CHECKOUT_SESSION_ID}` in it becomes the id of the checkout.
             * @example https://shop.example/paid
             */
            success_url?: string;
            /**
             * @description Where the payer goes without paying.
             * @example https://shop.example/cart
             */
            cancel_url?: string;
            /** @description An alternative to the Idempotency-Key header. */
            idempotency_key?: string;
        };
        CreateTopUpSessionReply: {
            /**
             * @description Where the payer pays; null once the checkout is closed.
             * @example https://checkout.example/c/cs_1
             */
            url: string | null;
            /**
             * @description The id of the checkout.
             * @example cs_test_a1
             */
            sessionId: string;
        };
        ListUserWalletTransactionsReply: {
            /** @description The transactions, newest first. */
            items: {
                /**
                 * @description The id of the transaction.
                 * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
                 */
                id: string;
                /**
                 * @description What kind of transaction it is.
                 * @enum {string}
                 */
                type: "topup" | "deduct" | "grant" | "refund" | "hold" | "release" | "expiry" | "adjustment";
                /**
                 * @description The feature that is charged.
                 * @example chat
                 */
                feature?: string;
                /** @description The amount in dollars. */
                credits: number;
                /** @description What could be spent after it, in dollars. */
                balance_after: number;
                /**
                 * @description The id of the checkout at Stripe; left out where there is none.
                 * @example cs_test_a1
                 */
                stripe_session_id?: string;
                /**
                 * Format: date-time
                 * @description When it was created.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                created_at: string;
            }[];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        ListRatesReply: {
            /** @description The features and what they cost. */
            rates: {
                /**
                 * @description The feature that is charged.
                 * @example chat
                 */
                feature: string;
                /**
                 * @description The name that people read.
                 * @example Chat
                 */
                label: string;
                /** @description What a unit costs, in dollars. */
                credits: number;
                /**
                 * @description What is counted.
                 * @example token
                 */
                unit: string;
            }[];
        };
        GetCreditsBalanceReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: {
                /** @description Whole credits that can be spent, rounded down; below zero in debt. */
                balance: number;
                /** @description What of it is for some things only, each rounded down; left out where nothing is. */
                restricted?: {
                    /** @description The services it may pay for; null: every service. */
                    services: string[] | null;
                    /** @description The actions it may pay for; null: every action. */
                    actions: string[] | null;
                    /** @description Whole credits that can be spent, rounded down; below zero in debt. */
                    balance: number;
                }[];
                /** @description What ends next, on one day (UTC), and when the first of it does; left out where nothing ends. */
                next_expiry?: {
                    /** @description Whole credits. */
                    amount: number;
                    /**
                     * Format: date-time
                     * @description When it expires.
                     * @example 2026-01-31T12:00:00.000Z
                     */
                    expires_at: string;
                };
            };
        };
        ListCreditsTransactionsReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: components["schemas"]["CreditsTransaction"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            next_cursor: string | null;
        };
        CreditsTransaction: {
            /**
             * @description The id of the transaction.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            id: string;
            /**
             * @description What kind of transaction it is.
             * @enum {string}
             */
            type: "ai_usage" | "usage" | "topup" | "subscription" | "checkin" | "coupon" | "manual" | "refund" | "hold" | "release" | "expiry";
            /** @description What it did to the balance, in whole credits; signed. */
            amount: number;
            /**
             * @description What it is for, in words; null without one.
             * @example Chat of the support desk
             */
            description: string | null;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            created_at: string;
        };
        DeductCreditsRequest: {
            /**
             * @description The user.
             * @example user-17
             */
            user_id: string;
            /**
             * @description What is charged.
             * @default ai_usage
             * @enum {string}
             */
            type?: "ai_usage" | "usage";
            /** @description How many whole credits are charged. */
            amount: number;
            /**
             * @description What it is for, in words.
             * @example Chat of the support desk
             */
            description?: string;
            /** @description An alternative to the Idempotency-Key header. */
            idempotency_key?: string;
        };
        DeductCreditsReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: components["schemas"]["CreditsMoved"] | components["schemas"]["CreditsMovedPreview"];
        };
        CreditsMoved: {
            /** @description What can be spent, in whole credits. */
            balance: number;
            /** @description What was recorded. */
            transaction: components["schemas"]["CreditsTransaction"];
        };
        CreditsMovedPreview: {
            /**
             * @description Present in the answer to a dry run: nothing was written.
             * @constant
             */
            dryRun: true;
            /** @description What can be spent, in whole credits. */
            balance: number;
            transaction: components["schemas"]["CreditsTransactionPreview"];
        };
        /** @description What would be recorded. */
        CreditsTransactionPreview: {
            /**
             * @description What kind of transaction it is.
             * @enum {string}
             */
            type: "ai_usage" | "usage" | "topup" | "subscription" | "checkin" | "coupon" | "manual" | "refund" | "hold" | "release" | "expiry";
            /** @description What it did to the balance, in whole credits; signed. */
            amount: number;
            /**
             * @description What it is for, in words; null without one.
             * @example Chat of the support desk
             */
            description: string | null;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            created_at: string;
        };
        CheckInRequest: {
            /** @description An alternative to the Idempotency-Key header. */
            idempotency_key?: string;
        };
        CheckInReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: {
                /**
                 * @description Present in the answer to a dry run: nothing was written.
                 * @constant
                 */
                dryRun?: true;
                /** @description The amount in whole credits. */
                credits: number;
                /** @description What can be spent, in whole credits. */
                balance: number;
                /** @description How many days in a row it is. */
                streak: number;
            };
        };
        RedeemCouponRequest: {
            /**
             * @description The code that users type; their case is ignored.
             * @example WELCOME-2026
             */
            code: string;
            /** @description An alternative to the Idempotency-Key header. */
            idempotency_key?: string;
        };
        RedeemCouponReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: {
                /**
                 * @description Present in the answer to a dry run: nothing was written.
                 * @constant
                 */
                dryRun?: true;
                /** @description The amount in whole credits. */
                credits: number;
                /** @description What can be spent, in whole credits. */
                balance: number;
            };
        };
        ListCreditsOrdersReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: components["schemas"]["CreditsOrder"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            next_cursor: string | null;
        };
        CreditsOrder: {
            /**
             * Format: uuid
             * @description The id.
             */
            id: string;
            /**
             * @description The payment provider.
             * @enum {string}
             */
            channel: "stripe" | "creem";
            /**
             * @description What is bought.
             * @enum {string}
             */
            type: "topup" | "subscription";
            /**
             * @description The state of the order.
             * @enum {string}
             */
            state: "created" | "awaiting_payment" | "processing" | "paid" | "credited" | "parked" | "failed" | "expired" | "cancelled";
            /** @description The price in cents. */
            price_cents: number;
            /**
             * @description The currency, as an ISO 4217 code in lower case.
             * @example usd
             */
            currency: string;
            /** @description The amount in whole credits. */
            credits: number;
            /**
             * @description The plan of a subscription, or of a top-up in place of credits; null where it is about none.
             * @example 019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            plan_id: string | null;
            /** @description What was given back to the payer, in cents. */
            refunded_cents: number;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            created_at: string;
            /** @description When it was paid; null while it is not. */
            paid_at: string | null;
        };
        GetCreditsOrderReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: components["schemas"]["CreditsOrder"];
        };
        CreatePaymentSessionRequest: {
            /**
             * @description The payment provider.
             * @enum {string}
             */
            channel: "stripe" | "creem";
            /**
             * @description What is bought.
             * @enum {string}
             */
            type: "topup" | "subscription";
            /**
             * @description The plan of a subscription, or of a top-up in place of credits.
             * @example 019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            plan_id?: string;
            /**
             * @description How long a period of the subscription is.
             * @default month
             * @enum {string}
             */
            interval?: "month" | "year";
            /** @description The amount in whole credits. */
            credits?: number;
            /**
             * @description Where the payer goes after paying; `{CHECKOUT_SESSION_ID}` in it becomes the id of the checkout.
             * @example https://shop.example/paid
             */
            success_url: string;
            /**
             * @description Where the payer goes without paying; required at Stripe, and of no use at Creem.
             * @example https://shop.example/cart
             */
            cancel_url?: string;
            /** @description An alternative to the Idempotency-Key header. */
            idempotency_key?: string;
        };
        CreatePaymentSessionReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: {
                /**
                 * @description Where the payer pays; null once the checkout is closed.
                 * @example https://checkout.example/c/cs_1
                 */
                url: string | null;
                /**
                 * @description The id of the checkout.
                 * @example cs_test_a1
                 */
                session_id: string;
                /**
                 * Format: uuid
                 * @description The id of the order.
                 */
                order_id: string;
            };
        };
        GetSubscriptionReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: components["schemas"]["Subscription"] | null;
        };
        Subscription: {
            /**
             * @description The id.
             * @example sub_1
             */
            id: string;
            /**
             * @description The payment provider.
             * @enum {string}
             */
            channel: "stripe" | "creem";
            /**
             * @description The state of the subscription.
             * @enum {string}
             */
            state: "incomplete" | "trialing" | "active" | "past_due" | "unpaid" | "paused" | "cancelled_at_period_end" | "ended";
            /**
             * @description The id of the plan; null where it is about none.
             * @example 019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            plan_id: string | null;
            /** @description How long a period is; null where there is none. */
            interval: ("month" | "year") | null;
            /** @description When the present period began; null where there is none. */
            period_start: string | null;
            /** @description When the present period ends; null where there is none. */
            period_end: string | null;
            /** @description What comes with the next period; null where none comes. */
            next: {
                /**
                 * @description The id of the plan; null where it is about none.
                 * @example 019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
                 */
                plan_id: string | null;
                /** @description How long a period is; null where there is none. */
                interval: ("month" | "year") | null;
            } | null;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            created_at: string;
        };
        ChangeSubscriptionRequest: {
            /**
             * Format: uuid
             * @description The id of the plan.
             */
            plan_id: string;
            /**
             * @description How long a period is.
             * @enum {string}
             */
            interval?: "month" | "year";
            /** @description An alternative to the Idempotency-Key header. */
            idempotency_key?: string;
        };
        ChangeSubscriptionReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: components["schemas"]["Subscription"] | null;
        };
        CancelSubscriptionRequest: {
            /** @description An alternative to the Idempotency-Key header. */
            idempotency_key?: string;
        };
        CancelSubscriptionReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: components["schemas"]["Subscription"] | null;
        };
        ResumeSubscriptionRequest: {
            /** @description An alternative to the Idempotency-Key header. */
            idempotency_key?: string;
        };
        ResumeSubscriptionReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: components["schemas"]["Subscription"] | null;
        };
        OpenSubscriptionPortalRequest: {
            /**
             * @description Where the customer goes afterwards.
             * @example https://shop.example/account
             */
            return_url: string;
        };
        OpenSubscriptionPortalReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: {
                /**
                 * @description The provider's page.
                 * @example https://billing.example/p/session
                 */
                url: string;
            };
        };
        ListOfferedPlansReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: components["schemas"]["OfferedPlan"][];
        };
        OfferedPlan: {
            /**
             * Format: uuid
             * @description The id.
             */
            id: string;
            /**
             * @description The name that people read.
             * @example Pro
             */
            name: string;
            /**
             * @description What the plan is, in words.
             * @example For teams
             */
            description: string;
            /** @description The price of a month in dollars; of a one-time plan, what it costs once. Null: not sold so. */
            price_monthly: number | null;
            /** @description The price of a year in dollars; null: not sold so. */
            price_yearly: number | null;
            /** @description The credits of a month; a yearly period brings twelve times as much. */
            credits_included: number;
            /** @description What the plan offers, line by line. */
            features: string[];
            /**
             * @description Whether it renews or is sold once.
             * @enum {string}
             */
            kind: "subscription" | "one_time";
        };
        AdjustCreditsRequest: {
            /**
             * @description The user.
             * @example user-17
             */
            user_id: string;
            /** @description The amount in whole credits; signed in what is recorded. */
            amount: number;
            /**
             * @description Why, in words.
             * @example agreed with the customer
             */
            reason: string;
            /** @description What alone its credit may pay for. */
            restricted_to?: {
                /** @description The services it may pay for; left out: every service. */
                services?: components["schemas"]["ServiceType"][];
                /** @description The actions it may pay for; left out: every action. */
                actions?: string[];
            };
            /** @description An alternative to the Idempotency-Key header. */
            idempotency_key?: string;
        };
        AdjustCreditsReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: {
                /** @description What can be spent, in whole credits. */
                balance: number;
                /** @description What was recorded. */
                transaction: components["schemas"]["CreditsTransaction"];
            } | components["schemas"]["CreditsMovedPreview"];
        };
        AdjustCreditsAccepted: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: components["schemas"]["Approval"] | components["schemas"]["ApprovalPreview"];
        };
        ListAllCreditsTransactionsReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: {
                /**
                 * @description The user.
                 * @example user-17
                 */
                user_id: string;
                /**
                 * @description The id of the transaction.
                 * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
                 */
                id: string;
                /**
                 * @description What kind of transaction it is.
                 * @enum {string}
                 */
                type: "ai_usage" | "usage" | "topup" | "subscription" | "checkin" | "coupon" | "manual" | "refund" | "hold" | "release" | "expiry";
                /** @description What it did to the balance, in whole credits; signed. */
                amount: number;
                /**
                 * @description What it is for, in words; null without one.
                 * @example Chat of the support desk
                 */
                description: string | null;
                /**
                 * Format: date-time
                 * @description When it was created.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                created_at: string;
            }[];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            next_cursor: string | null;
        };
        GetStatementReply: {
            /**
             * Format: uuid
             * @description The id of the org.
             */
            orgId: string;
            /**
             * Format: date-time
             * @description The beginning; what happens at this time belongs to it.
             * @example 2026-01-31T12:00:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @description The end; what happens at this time no longer belongs to it.
             * @example 2026-01-31T12:00:00.000Z
             */
            to: string;
            /**
             * @description The IANA time zone, such as Europe/Berlin.
             * @example Europe/Berlin
             */
            timeZone: string;
            /** @description True while the period may still get entries. */
            open: boolean;
            /** @description When it was read; null for a period that is closed. */
            asOf: string | null;
            /** @description The balances at the beginning. */
            opening: {
                /**
                 * @description What can be spent, in USD.
                 * @example 10.50
                 */
                availableUsd: string;
                /**
                 * @description What open holds keep, in USD.
                 * @example 10.50
                 */
                heldUsd: string;
                /**
                 * @description The part that was paid for, in USD.
                 * @example 10.50
                 */
                paidUsd: string;
                /**
                 * @description The part that was given, in USD.
                 * @example 10.50
                 */
                promotionalUsd: string;
                /**
                 * @description What is owed, in USD.
                 * @example 10.50
                 */
                debtUsd: string;
                /** @description How many free gift cards there are. */
                freeGiftCards: number;
                /** @description What of the available credit is for some things only. */
                restricted: {
                    /** @description The services it may pay for; null: every service. */
                    services: string[] | null;
                    /** @description The actions it may pay for; null: every action. */
                    actions: string[] | null;
                    /**
                     * @description What is left of it, in USD.
                     * @example 10.50
                     */
                    availableUsd: string;
                }[];
            };
            /** @description What moved, by type and service. */
            movements: {
                /** @description What kind of entries. */
                type: components["schemas"]["EntryType"];
                /**
                 * @description The service that is charged; null where none is.
                 * @example AI_API
                 */
                serviceType: string | null;
                /** @description How many entries. */
                entries: number;
                /**
                 * @description What it did to the available balance, in USD; signed.
                 * @example 10.50
                 */
                availableDeltaUsd: string;
                /**
                 * @description What it did to the held balance, in USD; signed.
                 * @example 10.50
                 */
                heldDeltaUsd: string;
                /**
                 * @description What it did to the credit that was paid for, in USD; signed.
                 * @example 10.50
                 */
                paidDeltaUsd: string;
                /**
                 * @description What it did to the credit that was given, in USD; signed.
                 * @example 10.50
                 */
                promotionalDeltaUsd: string;
                /**
                 * @description What it did to the debt, in USD; signed.
                 * @example 10.50
                 */
                debtDeltaUsd: string;
                /** @description What it did to the number of free gift cards; signed. */
                giftCardsDelta: number;
            }[];
            /** @description The balances at the end. */
            closing: {
                /**
                 * @description What can be spent, in USD.
                 * @example 10.50
                 */
                availableUsd: string;
                /**
                 * @description What open holds keep, in USD.
                 * @example 10.50
                 */
                heldUsd: string;
                /**
                 * @description The part that was paid for, in USD.
                 * @example 10.50
                 */
                paidUsd: string;
                /**
                 * @description The part that was given, in USD.
                 * @example 10.50
                 */
                promotionalUsd: string;
                /**
                 * @description What is owed, in USD.
                 * @example 10.50
                 */
                debtUsd: string;
                /** @description How many free gift cards there are. */
                freeGiftCards: number;
                /** @description What of the available credit is for some things only. */
                restricted: {
                    /** @description The services it may pay for; null: every service. */
                    services: string[] | null;
                    /** @description The actions it may pay for; null: every action. */
                    actions: string[] | null;
                    /**
                     * @description What is left of it, in USD.
                     * @example 10.50
                     */
                    availableUsd: string;
                }[];
            };
        };
        ListOwnKeysReply: {
            /** @description The keys. */
            keys: components["schemas"]["Key"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        Key: {
            /**
             * @description The id of the key.
             * @example 0aB3dE7z
             */
            id: string;
            /**
             * @description Whose key it is.
             * @enum {string}
             */
            kind: "org" | "platform" | "admin";
            /** @description The org that a key of kind org is bound to; null for other kinds. */
            org: string | null;
            /**
             * @description The name that people read.
             * @example Chat service
             */
            name: string;
            /** @description What the key may do. */
            scopes: ("treasury:read" | "treasury:spend" | "treasury:admin")[];
            /**
             * @description `active`; `replaced`: still valid, beside the key that replaces it; `expired`; `revoked`.
             * @enum {string}
             */
            state: "active" | "replaced" | "expired" | "revoked";
            /** @description The address ranges that it may be used from; null: every address. */
            allowedIps: string[] | null;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /** @description When the key expires; null: never. */
            expiresAt: string | null;
            /** @description When it was revoked; null while it is valid. */
            revokedAt: string | null;
            /** @description When it was last used, to the minute; null when it never was. */
            lastUsedAt: string | null;
            /**
             * @description The id of the key that replaces it; null where none does.
             * @example 1bC4eF8a
             */
            replacedBy: string | null;
            /** @description Above it the key's calls that create credit wait for a second person; null: the deployment's limit holds alone. */
            mintLimitUsd: string | null;
            /** @description Who created it, who created that caller's key, and so on; empty for keys created at the command line. */
            madeBy: string[];
        };
        CreateOwnKeyRequest: {
            /**
             * @description The name that people read.
             * @example Chat service
             */
            name: string;
            /** @description What the key may do. */
            scopes: ("treasury:read" | "treasury:spend" | "treasury:admin")[];
            /**
             * Format: date-time
             * @description When the key expires; left out: never.
             */
            expiresAt?: string;
            /** @description The address ranges that it may be used from; left out: every address. */
            allowedIps?: string[];
        };
        NewKey: {
            /**
             * @description The id of the key.
             * @example 0aB3dE7z
             */
            id: string;
            /**
             * @description Whose key it is.
             * @enum {string}
             */
            kind: "org" | "platform" | "admin";
            /** @description The org that a key of kind org is bound to; null for other kinds. */
            org: string | null;
            /**
             * @description The name that people read.
             * @example Chat service
             */
            name: string;
            /** @description What the key may do. */
            scopes: ("treasury:read" | "treasury:spend" | "treasury:admin")[];
            /**
             * @description `active`; `replaced`: still valid, beside the key that replaces it; `expired`; `revoked`.
             * @enum {string}
             */
            state: "active" | "replaced" | "expired" | "revoked";
            /** @description The address ranges that it may be used from; null: every address. */
            allowedIps: string[] | null;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /** @description When the key expires; null: never. */
            expiresAt: string | null;
            /** @description When it was revoked; null while it is valid. */
            revokedAt: string | null;
            /** @description When it was last used, to the minute; null when it never was. */
            lastUsedAt: string | null;
            /**
             * @description The id of the key that replaces it; null where none does.
             * @example 1bC4eF8a
             */
            replacedBy: string | null;
            /** @description Above it the key's calls that create credit wait for a second person; null: the deployment's limit holds alone. */
            mintLimitUsd: string | null;
            /** @description Who created it, who created that caller's key, and so on; empty for keys created at the command line. */
            madeBy: string[];
            /**
             * @description The key itself, which is shown only here.
             * @example ck_live_0aB3dE7z_secret
             */
            key: string;
        };
        ListMembersReply: {
            /** @description The people, newest first. */
            members: components["schemas"]["Member"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        Member: {
            /**
             * @description The person's id in the sign-in.
             * @example ada
             */
            user: string;
            /**
             * @description Their role, as their token said when they were seen last.
             * @enum {string}
             */
            role: "owner" | "admin" | "finance" | "member" | "viewer";
            /**
             * Format: date-time
             * @description When the person was first seen.
             * @example 2026-01-31T12:00:00.000Z
             */
            firstSeenAt: string;
            /**
             * Format: date-time
             * @description When the person was last seen, to the minute.
             * @example 2026-01-31T12:00:00.000Z
             */
            lastSeenAt: string;
        };
        CreateOrgRequest: {
            /**
             * @description The name that people read.
             * @example Acme
             */
            name: string;
            /** @description The id in the operator's own system. */
            externalId?: string;
            /** @description The operator's own notes, as pairs of text; they replace all that there were. */
            metadata?: {
                [key: string]: string;
            };
        };
        Org: {
            /**
             * Format: uuid
             * @description The id of the org.
             */
            id: string;
            /**
             * @description The name that people read.
             * @example Acme
             */
            name: string;
            /**
             * @description The id in the operator's own system; null without one.
             * @example acme-1
             */
            externalId: string | null;
            /** @description The operator's own notes, as pairs of text; they replace all that there were. */
            metadata: {
                [key: string]: string;
            };
            /**
             * Format: uuid
             * @description The id of the wallet.
             */
            walletId: string;
            /** @description When it was suspended; null while it is not. */
            suspendedAt: string | null;
            /**
             * @description Why it was suspended; null without a reason.
             * @example under investigation
             */
            suspendedReason: string | null;
            /** @description When it was closed; null while it is not. */
            closedAt: string | null;
            /**
             * @description Why it was closed; null while it is not.
             * @example the contract ended
             */
            closedReason: string | null;
            /**
             * @description How much may be credited provisionally at a time, under a chain's early policy, in USD; 0 means nothing.
             * @example 10.50
             */
            provisionalLimitUsd: string;
            /** @description What the org may do with a payment account of its own. */
            orgBilling: {
                /** @description Whether the org may set its own payment account up, and sell more credit than it is paid for. */
                trusted: boolean;
            };
            /** @description Whether it is the operator's own, such as the canary's: reports leave it out. */
            internal: boolean;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
        };
        ListOrgsReply: {
            /** @description The orgs, newest first. */
            orgs: components["schemas"]["Org"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        OrgDetail: {
            /**
             * Format: uuid
             * @description The id of the org.
             */
            id: string;
            /**
             * @description The name that people read.
             * @example Acme
             */
            name: string;
            /**
             * @description The id in the operator's own system; null without one.
             * @example acme-1
             */
            externalId: string | null;
            /** @description The operator's own notes, as pairs of text; they replace all that there were. */
            metadata: {
                [key: string]: string;
            };
            /**
             * Format: uuid
             * @description The id of the wallet.
             */
            walletId: string;
            /** @description When it was suspended; null while it is not. */
            suspendedAt: string | null;
            /**
             * @description Why it was suspended; null without a reason.
             * @example under investigation
             */
            suspendedReason: string | null;
            /** @description When it was closed; null while it is not. */
            closedAt: string | null;
            /**
             * @description Why it was closed; null while it is not.
             * @example the contract ended
             */
            closedReason: string | null;
            /**
             * @description How much may be credited provisionally at a time, under a chain's early policy, in USD; 0 means nothing.
             * @example 10.50
             */
            provisionalLimitUsd: string;
            /** @description What the org may do with a payment account of its own. */
            orgBilling: {
                /** @description Whether the org may set its own payment account up, and sell more credit than it is paid for. */
                trusted: boolean;
            };
            /** @description Whether it is the operator's own, such as the canary's: reports leave it out. */
            internal: boolean;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * @description What can be spent, in USD; negative in debt.
             * @example 10.50
             */
            availableUsd: string;
            /**
             * @description What open holds keep, in USD.
             * @example 10.50
             */
            heldUsd: string;
            /** @description The latest suspensions by hand and their ends, newest first. */
            suspensions: {
                /** @description True where a suspension began, false where it ended. */
                begins: boolean;
                /**
                 * @description Why, in words; null without a reason.
                 * @example agreed with the customer
                 */
                reason: string | null;
                /**
                 * @description Who did it: `key:<id>`, `user:<id>` or `cli:<name>`.
                 * @example key:0aB3dE7z
                 */
                actor: string;
                /**
                 * Format: date-time
                 * @description When it was done.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                at: string;
            }[];
        };
        UpdateOrgRequest: {
            /**
             * @description The name that people read.
             * @example Acme
             */
            name?: string;
            /** @description The id in the operator's own system; null without one. */
            externalId?: string | null;
            /** @description The operator's own notes, as pairs of text; they replace all that there were. */
            metadata?: {
                [key: string]: string;
            };
            /** @description true suspends the org by hand, false lifts the suspension. */
            suspended?: boolean;
            /**
             * @description Why, in words.
             * @example agreed with the customer
             */
            reason?: string;
            /**
             * @description How much may be credited provisionally at a time, under a chain's early policy, in USD; 0 means nothing.
             * @example 5.00
             */
            provisionalLimitUsd?: string;
            /** @description What the org may do with a payment account of its own. */
            orgBilling?: {
                /** @description Whether the org may set its own payment account up, and sell more credit than it is paid for. */
                trusted: boolean;
            };
        };
        CloseOrgRequest: {
            /**
             * @description Why, in words.
             * @example the contract ended
             */
            reason: string;
        };
        ClosedOrg: {
            /**
             * Format: uuid
             * @description The id of the org.
             */
            id: string;
            /**
             * @description The name that people read.
             * @example Acme
             */
            name: string;
            /**
             * @description The id in the operator's own system; null without one.
             * @example acme-1
             */
            externalId: string | null;
            /** @description The operator's own notes, as pairs of text; they replace all that there were. */
            metadata: {
                [key: string]: string;
            };
            /**
             * Format: uuid
             * @description The id of the wallet.
             */
            walletId: string;
            /** @description When it was suspended; null while it is not. */
            suspendedAt: string | null;
            /**
             * @description Why it was suspended; null without a reason.
             * @example under investigation
             */
            suspendedReason: string | null;
            /** @description When it was closed; null while it is not. */
            closedAt: string | null;
            /**
             * @description Why it was closed; null while it is not.
             * @example the contract ended
             */
            closedReason: string | null;
            /**
             * @description How much may be credited provisionally at a time, under a chain's early policy, in USD; 0 means nothing.
             * @example 10.50
             */
            provisionalLimitUsd: string;
            /** @description What the org may do with a payment account of its own. */
            orgBilling: {
                /** @description Whether the org may set its own payment account up, and sell more credit than it is paid for. */
                trusted: boolean;
            };
            /** @description Whether it is the operator's own, such as the canary's: reports leave it out. */
            internal: boolean;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * @description What is left, in USD, to be paid out with a WITHDRAWAL or written off with an ADJUSTMENT.
             * @example 10.50
             */
            availableUsd: string;
            /**
             * @description What open holds keep, in USD; it becomes available again where they are released or expire.
             * @example 10.50
             */
            heldUsd: string;
        };
        ReopenOrgRequest: Record<string, never>;
        CreateKeyRequest: {
            /**
             * @description Whose key it is.
             * @enum {string}
             */
            kind: "org" | "platform" | "admin";
            /**
             * Format: uuid
             * @description The org that a key of kind org is bound to.
             */
            org?: string;
            /**
             * @description The name that people read.
             * @example Chat service
             */
            name: string;
            /** @description What the key may do. */
            scopes: ("treasury:read" | "treasury:spend" | "treasury:admin")[];
            /**
             * Format: date-time
             * @description When the key expires; left out: never.
             */
            expiresAt?: string;
            /** @description The address ranges that it may be used from; left out: every address. */
            allowedIps?: string[];
            /**
             * @description Above it the key's calls that create credit wait for a second person; left out: the limit of its maker.
             * @example 5.00
             */
            mintLimitUsd?: string;
        };
        ListKeysReply: {
            /** @description The keys. */
            keys: components["schemas"]["Key"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        RotateKeyRequest: {
            /**
             * @description How long the old key stays valid, in seconds.
             * @default 86400
             */
            overlapSeconds?: number;
            /**
             * Format: date-time
             * @description When the new key expires; left out: when the old one would have.
             */
            expiresAt?: string;
        };
        CreateEntryRequest: {
            /** @description What kind of entry it is. */
            type: components["schemas"]["EntryType"];
            /**
             * @description The amount in USD: above zero, with the direction given by the type; only types that go both ways take a minus.
             * @example -3.20
             */
            amountUsd: string;
            /**
             * @description Why, in words.
             * @example agreed with the customer
             */
            reason: string;
            serviceType?: components["schemas"]["ServiceType"];
            /**
             * Format: date-time
             * @description When the credit expires; left out: never.
             */
            expiresAt?: string;
            /** @description What alone the credit may pay for; grants only. */
            restrictedTo?: {
                /** @description The services it may pay for; left out: every service. */
                services?: components["schemas"]["ServiceType"][];
                /** @description The actions it may pay for; left out: every action. */
                actions?: string[];
            };
            /**
             * @description An entry of the charge that is given back; refunds only.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            refundOf?: string;
            /**
             * @description The caller's own reference.
             * @example chat-8812
             */
            reference?: string;
            /** @description The pairs of text that the caller notes. */
            metadata?: {
                [key: string]: string;
            };
        };
        CreateEntryReply: components["schemas"]["Booking"] | components["schemas"]["BookingPreview"];
        Booking: {
            /**
             * @description The first of the entries.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            entryId: string;
            /** @description What kind of entry it is. */
            type: components["schemas"]["EntryType"];
            /**
             * @description What the wallet gained, in USD; signed.
             * @example 10.50
             */
            amountUsd: string;
            /**
             * @description Why, in words; null without a reason.
             * @example agreed with the customer
             */
            reason: string | null;
            /**
             * @description The caller's own reference.
             * @example chat-8812
             */
            reference: string | null;
            /** @description The pairs of text that the caller noted; null where there are none. */
            metadata: {
                [key: string]: string;
            } | null;
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * @description What can be spent after it, in USD.
             * @example 10.50
             */
            availableUsd: string;
            /**
             * @description What open holds keep after it, in USD.
             * @example 10.50
             */
            heldUsd: string;
            /** @description The entries that the command wrote, in their order. */
            entries: components["schemas"]["Entry"][];
            /** @description What a spend left of the budgets that it counts in; left out where it counts in none. */
            budgets?: components["schemas"]["BudgetsLeft"];
            /**
             * @description The idempotency key of the command: that of the request, or the one that was made for it.
             * @example order-8812-charge
             */
            idempotencyKey: string;
        };
        BookingPreview: {
            /**
             * @description Nothing was written.
             * @constant
             */
            dryRun: true;
            /**
             * @description The first of the entries.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            entryId?: string;
            /** @description What kind of entry it is. */
            type: components["schemas"]["EntryType"];
            /**
             * @description What the wallet gained, in USD; signed.
             * @example 10.50
             */
            amountUsd: string;
            /**
             * @description Why, in words; null without a reason.
             * @example agreed with the customer
             */
            reason: string | null;
            /**
             * @description The caller's own reference.
             * @example chat-8812
             */
            reference: string | null;
            /** @description The pairs of text that the caller noted; null where there are none. */
            metadata: {
                [key: string]: string;
            } | null;
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * @description What can be spent after it, in USD.
             * @example 10.50
             */
            availableUsd: string;
            /**
             * @description What open holds keep after it, in USD.
             * @example 10.50
             */
            heldUsd: string;
            /** @description The entries that the command would write, in their order. */
            entries: components["schemas"]["EntryPreview"][];
            /** @description What a spend left of the budgets that it counts in; left out where it counts in none. */
            budgets?: components["schemas"]["BudgetsLeft"];
            /**
             * @description The idempotency key of the command: that of the request, or the one that was made for it.
             * @example order-8812-charge
             */
            idempotencyKey: string;
        };
        CreateEntryAccepted: components["schemas"]["Approval"] | components["schemas"]["ApprovalPreview"];
        ListPricesReply: {
            /** @description The rows, the one added last first. */
            prices: components["schemas"]["Price"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        Price: {
            /**
             * Format: uuid
             * @description The id of the row.
             */
            id: string;
            /** @description The org whose price it is; null: the platform's price, for everybody that has none of its own. */
            org: string | null;
            /**
             * @description The action that is priced.
             * @example chat
             */
            action: string;
            /**
             * @description What is counted, such as `token`.
             * @example token
             */
            unit: string;
            /** @description USD a unit by the quantity of one command, ascending; null where any quantity has one rate. */
            tiers: {
                /**
                 * @description The quantity up to which the rate counts; null in the last tier.
                 * @example 1000000
                 */
                upTo: string | null;
                /**
                 * @description USD a unit.
                 * @example 0.00002
                 */
                rateUsd: string;
            }[] | null;
            /**
             * Format: date-time
             * @description From when it counts. Not in the past.
             * @example 2026-01-31T12:00:00.000Z
             */
            from: string;
            /** @description Until when it counts, that moment left out; null: without an end. */
            to: string | null;
            /**
             * Format: date-time
             * @description When it was added.
             * @example 2026-01-31T12:00:00.000Z
             */
            addedAt: string;
            /**
             * @description Who added it.
             * @example key:0aB3dE7z
             */
            addedBy: string;
        };
        CreatePriceRequest: {
            /**
             * Format: uuid
             * @description The org whose price it is; left out: the platform's price, for everybody that has none of its own.
             */
            org?: string;
            /**
             * @description The action that is priced.
             * @example chat
             */
            action: string;
            /**
             * @description What is counted, such as `token`.
             * @example token
             */
            unit: string;
            /**
             * @description USD a unit.
             * @example 0.0000025
             */
            rateUsd?: string;
            /** @description USD a unit by the quantity of one command, ascending. */
            tiers?: {
                /** @description The quantity up to which the rate counts; null in the last tier. */
                upTo: string | null;
                /**
                 * @description USD a unit.
                 * @example 0.0000025
                 */
                rateUsd: string;
            }[];
            /**
             * @description Ends the price of its owner, in place of a rate.
             * @constant
             */
            ended?: true;
            /**
             * Format: date-time
             * @description From when it counts; left out: from now on. Not in the past.
             */
            from?: string;
            /**
             * Format: date-time
             * @description Until when it counts, that moment left out.
             */
            to?: string;
        };
        ListEventsReply: {
            /** @description The events, oldest first. */
            events: components["schemas"]["Event"][];
            /**
             * @description To be sent as `after` for the next events, at any time.
             * @example 0000000000000042
             */
            cursor: string;
            /** @description Whether there are more. */
            hasMore: boolean;
        };
        /** @description Something that happened; `type` says what, and which data it carries. */
        Event: components["schemas"]["EntryCreatedEvent"] | components["schemas"]["DepositObservedEvent"] | components["schemas"]["DepositCreditedEvent"] | components["schemas"]["DepositUnmatchedEvent"] | components["schemas"]["DepositSetAsideEvent"] | components["schemas"]["DepositOrphanedEvent"] | components["schemas"]["DepositReversedEvent"] | components["schemas"]["BalanceStatusChangedEvent"] | components["schemas"]["HoldExpiredEvent"] | components["schemas"]["CreditsExpiringEvent"] | components["schemas"]["SenderRegisteredEvent"] | components["schemas"]["SenderUnboundEvent"] | components["schemas"]["OrderCreatedEvent"] | components["schemas"]["OrderPaidEvent"] | components["schemas"]["OrderCreditedEvent"] | components["schemas"]["OrderParkedEvent"] | components["schemas"]["OrderFailedEvent"] | components["schemas"]["OrderExpiredEvent"] | components["schemas"]["OrderCancelledEvent"] | components["schemas"]["OrderRefundedEvent"] | components["schemas"]["DisputeOpenedEvent"] | components["schemas"]["DisputeFundsWithdrawnEvent"] | components["schemas"]["DisputeFundsReinstatedEvent"] | components["schemas"]["DisputeClosedEvent"] | components["schemas"]["PaymentActionRequiredEvent"] | components["schemas"]["AutoRefillSucceededEvent"] | components["schemas"]["AutoRefillFailedEvent"] | components["schemas"]["AutoRefillStoppedEvent"] | components["schemas"]["SubscriptionActivatedEvent"] | components["schemas"]["SubscriptionRenewedEvent"] | components["schemas"]["SubscriptionPastDueEvent"] | components["schemas"]["SubscriptionCancelledEvent"] | components["schemas"]["SubscriptionEndedEvent"] | components["schemas"]["BudgetWarnedEvent"] | components["schemas"]["BudgetExhaustedEvent"] | components["schemas"]["BudgetRenewedEvent"] | components["schemas"]["RailFrozenEvent"] | components["schemas"]["RailReleasedEvent"] | components["schemas"]["WebhookDisabledEvent"] | components["schemas"]["WebhookTestEvent"];
        EntryCreatedEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "entry.created";
            /** @description What happened. */
            data: {
                /**
                 * @description The id of the entry.
                 * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
                 */
                entryId: string;
                /**
                 * @description The same on all entries that one command wrote.
                 * @example cmd_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
                 */
                commandId: string;
                /** @description What kind of entry it is. */
                type: components["schemas"]["EntryType"];
                /**
                 * @description The service that is charged; null where none is.
                 * @example AI_API
                 */
                serviceType: string | null;
                /**
                 * @description The amount in USD; negative where it leaves the wallet.
                 * @example 10.50
                 */
                amountUsd: string;
                /**
                 * @description What it did to the available balance, in USD; signed.
                 * @example 10.50
                 */
                availableDeltaUsd: string;
                /**
                 * @description What it did to the held balance, in USD; signed.
                 * @example 10.50
                 */
                heldDeltaUsd: string;
                /**
                 * @description What could be spent after it, in USD.
                 * @example 10.50
                 */
                availableAfterUsd: string;
                /**
                 * @description What open holds kept after it, in USD.
                 * @example 10.50
                 */
                heldAfterUsd: string;
                /** @description What it did to the number of free gift cards; signed. */
                giftCardsDelta: number;
                /** @description How many free gift cards could be used after it. */
                giftCardsAvailableAfter: number;
                /** @description How many free gift cards were held after it. */
                giftCardsHeldAfter: number;
                /**
                 * @description The idempotency key of the command; null on entries of before it was kept.
                 * @example order-8812-charge
                 */
                idempotencyKey: string | null;
                /**
                 * @description The hold that the entry is about; null for other entries.
                 * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
                 */
                holdId: string | null;
                /** @description The id of the deposit; null where it is about none. */
                depositId: string | null;
                /** @description The id of the order; null where there is none. */
                orderId: string | null;
                /**
                 * @description The action of the price book; null where an amount was named.
                 * @example chat
                 */
                action: string | null;
                /**
                 * @description How many units; null where an amount was named.
                 * @example 1500
                 */
                quantity: string | null;
                /** @description The row of the price book, its rate for a unit, and how their product was rounded. */
                price: {
                    /**
                     * Format: uuid
                     * @description The id of the row of the price book.
                     */
                    priceId: string;
                    /**
                     * @description USD for a unit.
                     * @example 0.00002
                     */
                    rateUsd: string;
                    /**
                     * @description How the product was rounded.
                     * @constant
                     */
                    rounding: "up";
                } | null;
                /**
                 * @description The caller's own reference.
                 * @example chat-8812
                 */
                reference: string | null;
                /**
                 * @description What it is for, in words.
                 * @example Chat of the support desk
                 */
                description: string | null;
                /**
                 * @description The caller's app that spends.
                 * @example desk
                 */
                appId: string | null;
                /**
                 * @description The user.
                 * @example user-17
                 */
                userId: string | null;
                /**
                 * @description The team that spends.
                 * @example support
                 */
                teamId: string | null;
                /**
                 * @description The pairs of text that the caller noted; null where there are none.
                 * @example {
                 *       "project": "atlas"
                 *     }
                 */
                metadata: {
                    [key: string]: string;
                } | null;
            };
        };
        DepositObservedEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "deposit.observed";
            /** @description What happened. */
            data: components["schemas"]["DepositEventData"];
        };
        /** @description A deposit as it is now. */
        DepositEventData: {
            /**
             * Format: uuid
             * @description The id of the deposit.
             */
            depositId: string;
            /**
             * @description The amount in USD.
             * @example 10.50
             */
            amountUsd: string;
            /**
             * @description The state afterwards.
             * @enum {string}
             */
            state: "observed" | "confirming" | "credited" | "unmatched" | "screening" | "ignored" | "dust" | "quarantined" | "orphaned" | "reversed";
            /**
             * @description Why; null when the state says enough.
             * @example unknown_sender
             */
            reason: string | null;
            /** @description The transfer on the chain. */
            transfer: components["schemas"]["Transfer"];
        };
        /** @description A transfer of a token on a chain. */
        Transfer: {
            /**
             * @description The chain, as a CAIP-2 id.
             * @example eip155:8453
             */
            chain: string;
            /**
             * @description The address of the token contract.
             * @example 0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913
             */
            token: string;
            /**
             * @description The hash of the transaction on the chain.
             * @example 0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e
             */
            txHash: string;
            /** @description The position of the transfer among the logs of its transaction. */
            ordinal: number;
            /**
             * @description The address that sent the transfer.
             * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
             */
            fromAddress: string;
            /**
             * @description The address that received the transfer.
             * @example 0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359
             */
            toAddress: string;
            /** @description The number of the block. */
            blockNumber: number;
            /**
             * Format: date-time
             * @description The time of the block.
             * @example 2026-01-31T12:00:00.000Z
             */
            blockTime: string;
        };
        DepositCreditedEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "deposit.credited";
            /** @description What happened. */
            data: components["schemas"]["BookedDepositData"];
        };
        /** @description A deposit that was credited, or taken back. */
        BookedDepositData: {
            /**
             * Format: uuid
             * @description The id of the deposit.
             */
            depositId: string;
            /**
             * @description The amount in USD.
             * @example 10.50
             */
            amountUsd: string;
            /**
             * @description The id of the entry.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            entryId: string;
            /**
             * @description What could be spent after it, in USD.
             * @example 10.50
             */
            availableAfterUsd: string;
            /** @description The id of the order; null where there is none. */
            orderId: string | null;
            /** @description How many free gift cards it is about. */
            giftCards: number;
            /** @description The transfer on the chain; null where there is none. */
            transfer: components["schemas"]["Transfer"] | null;
            /**
             * @description The user whose wallet it is; only in the platform's log, null where it is nobody's.
             * @example user-17
             */
            userId?: string;
        };
        DepositUnmatchedEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "deposit.unmatched";
            /** @description What happened. */
            data: components["schemas"]["DepositEventData"];
        };
        DepositSetAsideEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "deposit.set_aside";
            /** @description What happened. */
            data: components["schemas"]["DepositEventData"];
        };
        DepositOrphanedEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "deposit.orphaned";
            /** @description What happened. */
            data: components["schemas"]["DepositEventData"];
        };
        DepositReversedEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "deposit.reversed";
            /** @description What happened. */
            data: components["schemas"]["BookedDepositData"];
        };
        BalanceStatusChangedEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "balance.status_changed";
            /** @description What happened. */
            data: {
                /**
                 * @description The status afterwards.
                 * @enum {string}
                 */
                status: "OK" | "LOW" | "CRITICAL" | "SUSPENDED";
                /**
                 * @description The status before.
                 * @enum {string}
                 */
                previousStatus: "OK" | "LOW" | "CRITICAL" | "SUSPENDED";
                /**
                 * @description What can be spent, in USD.
                 * @example 10.50
                 */
                availableUsd: string;
                /**
                 * @description What changed the status.
                 * @enum {string}
                 */
                cause: "entry" | "thresholds" | "suspension" | "freeze";
                /**
                 * @description The id of the entry; null where none caused it.
                 * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
                 */
                entryId: string | null;
                /**
                 * @description The user whose wallet it is; only in the platform's log, null where it is nobody's.
                 * @example user-17
                 */
                userId?: string;
            };
        };
        HoldExpiredEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "hold.expired";
            /** @description What happened. */
            data: {
                /**
                 * @description The id of the hold.
                 * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
                 */
                holdId: string;
                /**
                 * @description The id of the entry.
                 * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
                 */
                entryId: string;
                /** @description The service; null where it is about none. */
                serviceType: string | null;
                /**
                 * @description The amount in USD.
                 * @example 10.50
                 */
                amountUsd: string;
                /** @description How many free gift cards it is about. */
                giftCards: number;
                /**
                 * @description The caller's own reference.
                 * @example chat-8812
                 */
                reference: string | null;
                /**
                 * @description What could be spent after it, in USD.
                 * @example 10.50
                 */
                availableAfterUsd: string;
                /**
                 * @description The user whose wallet it is; only in the platform's log, null where it is nobody's.
                 * @example user-17
                 */
                userId?: string;
            };
        };
        CreditsExpiringEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "credits.expiring";
            /** @description What happened. */
            data: {
                /**
                 * @description The amount in USD.
                 * @example 10.50
                 */
                amountUsd: string;
                /**
                 * Format: date-time
                 * @description When the credit ends.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                expiresAt: string;
                /** @description How many days before the end the notice comes. */
                noticeDays: number;
                /**
                 * @description The user whose wallet it is; only in the platform's log, null where it is nobody's.
                 * @example user-17
                 */
                userId: string | null;
            };
        };
        SenderRegisteredEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "sender.registered";
            /** @description What happened. */
            data: components["schemas"]["SenderEventData"];
        };
        /** @description A sender as it is now. */
        SenderEventData: {
            /**
             * Format: uuid
             * @description The id of the sender.
             */
            senderId: string;
            /**
             * @description The address of the sender.
             * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
             */
            address: string;
            /**
             * @description The chain, as a CAIP-2 id; null where it is about none.
             * @example eip155:8453
             */
            chain: string | null;
            /**
             * @description The family of chains.
             * @example eip155
             */
            family: string;
            /**
             * @description The name that people read; null without one.
             * @example Treasury
             */
            label: string | null;
            /**
             * @description The state afterwards.
             * @example bound
             */
            state: string;
        };
        SenderUnboundEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "sender.unbound";
            /** @description What happened. */
            data: components["schemas"]["SenderEventData"];
        };
        OrderCreatedEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "order.created";
            /** @description What happened. */
            data: components["schemas"]["OrderEventData"];
        };
        /** @description An order as it is now. */
        OrderEventData: {
            /**
             * Format: uuid
             * @description The id of the order.
             */
            orderId: string;
            /**
             * @description How it is paid.
             * @enum {string}
             */
            channel: "chain" | "card" | "auto_refill";
            /**
             * @description The state afterwards.
             * @enum {string}
             */
            state: "created" | "awaiting_payment" | "processing" | "paid" | "credited" | "parked" | "failed" | "expired" | "cancelled";
            /**
             * @description Why; null when the state says enough.
             * @example wrong_mode
             */
            reason: string | null;
            /**
             * @description The id of the credit pack; null where no pack was bought.
             * @example starter
             */
            packId: string | null;
            /**
             * @description The amount in USD.
             * @example 10.50
             */
            amountUsd: string;
            /**
             * @description The credit that it brings, in USD.
             * @example 10.50
             */
            creditUsd: string;
            /** @description How many free gift cards it is about. */
            giftCards: number;
            /**
             * @description The user whose wallet it is; only in the platform's log, null where it is nobody's.
             * @example user-17
             */
            userId?: string;
        };
        OrderPaidEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "order.paid";
            /** @description What happened. */
            data: components["schemas"]["OrderEventData"];
        };
        OrderCreditedEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "order.credited";
            /** @description What happened. */
            data: components["schemas"]["OrderEventData"];
        };
        OrderParkedEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "order.parked";
            /** @description What happened. */
            data: components["schemas"]["OrderEventData"];
        };
        OrderFailedEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "order.failed";
            /** @description What happened. */
            data: components["schemas"]["OrderEventData"];
        };
        OrderExpiredEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "order.expired";
            /** @description What happened. */
            data: components["schemas"]["OrderEventData"];
        };
        OrderCancelledEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "order.cancelled";
            /** @description What happened. */
            data: components["schemas"]["OrderEventData"];
        };
        OrderRefundedEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "order.refunded";
            /** @description What happened. */
            data: components["schemas"]["OrderEventData"];
        };
        DisputeOpenedEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "dispute.opened";
            /** @description What happened. */
            data: components["schemas"]["DisputeEventData"];
        };
        /** @description A dispute as it is now. */
        DisputeEventData: {
            /**
             * Format: uuid
             * @description The id of the order.
             */
            orderId: string;
            /**
             * @description The id of the dispute at the provider.
             * @example dp_1
             */
            disputeId: string;
            /**
             * @description The provider's word for its state.
             * @example needs_response
             */
            status: string;
            /**
             * @description The bank's reason.
             * @example fraudulent
             */
            reason: string;
            /**
             * @description The currency, as an ISO 4217 code in lower case.
             * @example usd
             */
            currency: string;
            /**
             * @description The amount in the minor unit of its currency.
             * @example 1000
             */
            amountMinor: string;
            /**
             * @description What the bank has withdrawn, in the minor unit of the currency.
             * @example 1000
             */
            withdrawnMinor: string;
            /** @description Until when it has to be answered; null where that is unknown. */
            dueBy: string | null;
            /**
             * @description The user whose wallet it is; only in the platform's log, null where it is nobody's.
             * @example user-17
             */
            userId?: string;
        };
        DisputeFundsWithdrawnEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "dispute.funds_withdrawn";
            /** @description What happened. */
            data: components["schemas"]["DisputeEventData"];
        };
        DisputeFundsReinstatedEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "dispute.funds_reinstated";
            /** @description What happened. */
            data: components["schemas"]["DisputeEventData"];
        };
        DisputeClosedEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "dispute.closed";
            /** @description What happened. */
            data: components["schemas"]["DisputeEventData"];
        };
        PaymentActionRequiredEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "payment.action_required";
            /** @description What happened. */
            data: {
                /**
                 * Format: uuid
                 * @description The id of the order.
                 */
                orderId: string;
                /**
                 * @description The amount in USD.
                 * @example 10.50
                 */
                amountUsd: string;
                /**
                 * @description Why.
                 * @constant
                 */
                reason: "authentication_required";
                /**
                 * @description Where the payer confirms the payment; null where there is no such page.
                 * @example https://invoice.stripe.com/i/acct_1/test
                 */
                url: string | null;
            };
        };
        AutoRefillSucceededEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "auto_refill.succeeded";
            /** @description What happened. */
            data: {
                /**
                 * @description Whose account it is: the platform's or the org's.
                 * @enum {string}
                 */
                account: "platform" | "org";
                /**
                 * Format: uuid
                 * @description The id of the order.
                 */
                orderId: string;
                /**
                 * @description The amount in USD.
                 * @example 10.50
                 */
                amountUsd: string;
            };
        };
        AutoRefillFailedEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "auto_refill.failed";
            /** @description What happened. */
            data: {
                /**
                 * @description Whose account it is: the platform's or the org's.
                 * @enum {string}
                 */
                account: "platform" | "org";
                /** @description The id of the order; null where there is none. */
                orderId: string | null;
                /**
                 * @description The amount in USD.
                 * @example 10.50
                 */
                amountUsd: string;
                /**
                 * @description Why.
                 * @example card_declined
                 */
                reason: string;
                /** @description When it is tried again; null where it is not. */
                retryAt: string | null;
            };
        };
        AutoRefillStoppedEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "auto_refill.stopped";
            /** @description What happened. */
            data: {
                /**
                 * @description Whose account it is: the platform's or the org's.
                 * @enum {string}
                 */
                account: "platform" | "org";
                /**
                 * @description Why.
                 * @enum {string}
                 */
                reason: "repeated_failures" | "do_not_try_again" | "authentication_required" | "payment_method_unusable" | "product_inactive" | "wrong_mode" | "dispute" | "early_warning" | "refunded" | "parked" | "other_account" | "org_closed";
            };
        };
        SubscriptionActivatedEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "subscription.activated";
            /** @description What happened. */
            data: components["schemas"]["SubscriptionEventData"];
        };
        /** @description A subscription as it is now. */
        SubscriptionEventData: {
            /**
             * @description The id of the subscription.
             * @example sub_1
             */
            subscriptionId: string;
            /**
             * @description The user whose wallet it is; only in the platform's log, null where it is nobody's.
             * @example user-17
             */
            userId: string | null;
            /**
             * @description The state afterwards.
             * @enum {string}
             */
            state: "incomplete" | "trialing" | "active" | "past_due" | "unpaid" | "paused" | "cancelled_at_period_end" | "ended";
            /** @description When the present period ends; null where there is none. */
            periodEnd: string | null;
        };
        SubscriptionRenewedEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "subscription.renewed";
            /** @description What happened. */
            data: {
                /**
                 * @description The id of the subscription.
                 * @example sub_1
                 */
                subscriptionId: string;
                /**
                 * @description The user whose wallet it is; only in the platform's log, null where it is nobody's.
                 * @example user-17
                 */
                userId: string | null;
                /**
                 * Format: uuid
                 * @description The id of the order.
                 */
                orderId: string;
                /**
                 * Format: uuid
                 * @description The id of the plan.
                 */
                planId: string;
                /**
                 * @description How long a period of the subscription is.
                 * @enum {string}
                 */
                interval: "month" | "year";
                /**
                 * @description The credit that it brings, in USD.
                 * @example 10.50
                 */
                creditUsd: string;
                /**
                 * Format: date-time
                 * @description When the present period began.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                periodStart: string;
                /**
                 * Format: date-time
                 * @description When the present period ends.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                periodEnd: string;
            };
        };
        SubscriptionPastDueEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "subscription.past_due";
            /** @description What happened. */
            data: components["schemas"]["SubscriptionEventData"];
        };
        SubscriptionCancelledEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "subscription.cancelled";
            /** @description What happened. */
            data: components["schemas"]["SubscriptionEventData"];
        };
        SubscriptionEndedEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "subscription.ended";
            /** @description What happened. */
            data: components["schemas"]["SubscriptionEventData"];
        };
        BudgetWarnedEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "budget.warned";
            /** @description What happened. */
            data: components["schemas"]["BudgetNoticeData"];
        };
        /** @description A budget, and what was counted in it. */
        BudgetNoticeData: {
            /**
             * Format: uuid
             * @description The id of the budget.
             */
            budgetId: string;
            /**
             * @description The name of the budget; null without one.
             * @example Chat of user-17
             */
            name: string | null;
            /**
             * @description Which field of a spend the budget is about.
             * @enum {string}
             */
            subject: "userId" | "teamId" | "appId" | "serviceType" | "key";
            /**
             * @description The user, team, app, service or key that it is about.
             * @example user-17
             */
            value: string;
            /**
             * @description When the budget begins anew, in the time zone of the org; `none`: never.
             * @enum {string}
             */
            period: "day" | "month" | "none";
            /**
             * @description Whether the budget refuses or only warns.
             * @enum {string}
             */
            mode: "hard" | "soft";
            /**
             * @description The limit of a period, in USD.
             * @example 10.50
             */
            limitUsd: string;
            /** @description When the budget begins anew; null where it never does. */
            renewsAt: string | null;
            /**
             * @description What was spent in the present period, in USD.
             * @example 10.50
             */
            usedUsd: string;
            /**
             * @description What open holds reserve of it, in USD.
             * @example 10.50
             */
            reservedUsd: string;
            /**
             * @description What is left, in USD.
             * @example 10.50
             */
            leftUsd: string;
            /** @description When the present period began; null where there is none. */
            periodStart: string | null;
            /**
             * @description The id of the entry.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            entryId: string;
        };
        BudgetExhaustedEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "budget.exhausted";
            /** @description What happened. */
            data: components["schemas"]["BudgetNoticeData"];
        };
        BudgetRenewedEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "budget.renewed";
            /** @description What happened. */
            data: {
                /**
                 * Format: uuid
                 * @description The id of the budget.
                 */
                budgetId: string;
                /**
                 * @description The name of the budget; null without one.
                 * @example Chat of user-17
                 */
                name: string | null;
                /**
                 * @description Which field of a spend the budget is about.
                 * @enum {string}
                 */
                subject: "userId" | "teamId" | "appId" | "serviceType" | "key";
                /**
                 * @description The user, team, app, service or key that it is about.
                 * @example user-17
                 */
                value: string;
                /**
                 * @description When the budget begins anew, in the time zone of the org; `none`: never.
                 * @enum {string}
                 */
                period: "day" | "month" | "none";
                /**
                 * @description Whether the budget refuses or only warns.
                 * @enum {string}
                 */
                mode: "hard" | "soft";
                /**
                 * @description The limit of a period, in USD.
                 * @example 10.50
                 */
                limitUsd: string;
                /** @description When the budget begins anew; null where it never does. */
                renewsAt: string | null;
                /**
                 * @description What was spent in the period before, in USD.
                 * @example 10.50
                 */
                lastUsedUsd: string;
                /**
                 * Format: date-time
                 * @description When the present period began.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                periodStart: string;
            };
        };
        RailFrozenEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "rail.frozen";
            /** @description What happened. */
            data: components["schemas"]["RailEventData"];
        };
        /** @description A card rail, what is due on it and what was got. */
        RailEventData: {
            /**
             * @description The contra account of the card rail.
             * @example clearing:stripe
             */
            rail: string;
            /**
             * @description Why.
             * @example more is due than the provider took
             */
            reason: string;
            /**
             * @description What is due on the rail, in USD.
             * @example 10.50
             */
            dueUsd: string;
            /**
             * @description What the provider took less what it gave back, in USD.
             * @example 10.50
             */
            gotUsd: string;
        };
        RailReleasedEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "rail.released";
            /** @description What happened. */
            data: components["schemas"]["RailEventData"];
        };
        WebhookDisabledEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "webhook.disabled";
            /** @description What happened. */
            data: {
                /**
                 * Format: uuid
                 * @description The id of the webhook endpoint.
                 */
                endpointId: string;
                /**
                 * @description The URL.
                 * @example https://shop.example/hooks
                 */
                url: string;
                /**
                 * @description Why.
                 * @enum {string}
                 */
                reason: "failing" | "gone";
                /**
                 * Format: date-time
                 * @description Since when every delivery has failed.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                failingSince: string;
            };
        };
        WebhookTestEvent: {
            /**
             * @description The id of the event, also the `webhook-id` of its deliveries.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            /** @description The org; null in the platform's own log. */
            orgId: string | null;
            /**
             * @description The position in the log: read from here on with `after`.
             * @example 0000000000000042
             */
            cursor: string;
            /**
             * @description Which event it is. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "webhook.test";
            /** @description What happened. */
            data: {
                /**
                 * Format: uuid
                 * @description The id of the webhook endpoint.
                 */
                endpointId: string;
            };
        };
        CreateWebhookEndpointRequest: {
            /**
             * @description Where events are sent.
             * @example https://shop.example/hooks
             */
            url: string;
            /** @description The types of events that are sent. Left out: all except `entry.created`. */
            types?: ("entry.created" | "deposit.observed" | "deposit.credited" | "deposit.unmatched" | "deposit.set_aside" | "deposit.orphaned" | "deposit.reversed" | "balance.status_changed" | "hold.expired" | "credits.expiring" | "sender.registered" | "sender.unbound" | "order.created" | "order.paid" | "order.credited" | "order.parked" | "order.failed" | "order.expired" | "order.cancelled" | "order.refunded" | "dispute.opened" | "dispute.funds_withdrawn" | "dispute.funds_reinstated" | "dispute.closed" | "payment.action_required" | "auto_refill.succeeded" | "auto_refill.failed" | "auto_refill.stopped" | "subscription.activated" | "subscription.renewed" | "subscription.past_due" | "subscription.cancelled" | "subscription.ended" | "budget.warned" | "budget.exhausted" | "budget.renewed" | "rail.frozen" | "rail.released" | "webhook.disabled" | "webhook.test")[];
            /**
             * @description What it is for, in words.
             * @example Chat of the support desk
             */
            description?: string;
            /** @description A cursor: events after it are sent too. Left out: only new events. */
            after?: string;
        };
        WebhookEndpointWithSecret: {
            /**
             * Format: uuid
             * @description The id.
             */
            id: string;
            /**
             * @description Where events are sent.
             * @example https://shop.example/hooks
             */
            url: string;
            /**
             * @description What it is for, in words; null without any.
             * @example Chat of the support desk
             */
            description: string | null;
            /** @description Only these types of events; null: all, for an endpoint all except entry.created. */
            types: ("entry.created" | "deposit.observed" | "deposit.credited" | "deposit.unmatched" | "deposit.set_aside" | "deposit.orphaned" | "deposit.reversed" | "balance.status_changed" | "hold.expired" | "credits.expiring" | "sender.registered" | "sender.unbound" | "order.created" | "order.paid" | "order.credited" | "order.parked" | "order.failed" | "order.expired" | "order.cancelled" | "order.refunded" | "dispute.opened" | "dispute.funds_withdrawn" | "dispute.funds_reinstated" | "dispute.closed" | "payment.action_required" | "auto_refill.succeeded" | "auto_refill.failed" | "auto_refill.stopped" | "subscription.activated" | "subscription.renewed" | "subscription.past_due" | "subscription.cancelled" | "subscription.ended" | "budget.warned" | "budget.exhausted" | "budget.renewed" | "rail.frozen" | "rail.released" | "webhook.disabled" | "webhook.test")[] | null;
            /** @description Whether events are sent. */
            enabled: boolean;
            /** @description When it was disabled; null while it is enabled. */
            disabledAt: string | null;
            /** @description Why it was disabled; null while it is enabled. */
            disabledReason: ("failing" | "gone" | "by_hand") | null;
            /** @description Since when every delivery has failed; null while deliveries succeed. */
            failingSince: string | null;
            /** @description Until when the previous secret signs too; null when it does not. */
            previousSecretExpiresAt: string | null;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last changed.
             * @example 2026-01-31T12:00:00.000Z
             */
            updatedAt: string;
            /**
             * @description The secret that signs the deliveries; shown here and never again.
             * @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
             */
            secret: string;
        };
        ListWebhookEndpointsReply: {
            /** @description The webhook endpoints. */
            endpoints: components["schemas"]["WebhookEndpoint"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        WebhookEndpoint: {
            /**
             * Format: uuid
             * @description The id.
             */
            id: string;
            /**
             * @description Where events are sent.
             * @example https://shop.example/hooks
             */
            url: string;
            /**
             * @description What it is for, in words; null without any.
             * @example Chat of the support desk
             */
            description: string | null;
            /** @description Only these types of events; null: all, for an endpoint all except entry.created. */
            types: ("entry.created" | "deposit.observed" | "deposit.credited" | "deposit.unmatched" | "deposit.set_aside" | "deposit.orphaned" | "deposit.reversed" | "balance.status_changed" | "hold.expired" | "credits.expiring" | "sender.registered" | "sender.unbound" | "order.created" | "order.paid" | "order.credited" | "order.parked" | "order.failed" | "order.expired" | "order.cancelled" | "order.refunded" | "dispute.opened" | "dispute.funds_withdrawn" | "dispute.funds_reinstated" | "dispute.closed" | "payment.action_required" | "auto_refill.succeeded" | "auto_refill.failed" | "auto_refill.stopped" | "subscription.activated" | "subscription.renewed" | "subscription.past_due" | "subscription.cancelled" | "subscription.ended" | "budget.warned" | "budget.exhausted" | "budget.renewed" | "rail.frozen" | "rail.released" | "webhook.disabled" | "webhook.test")[] | null;
            /** @description Whether events are sent. */
            enabled: boolean;
            /** @description When it was disabled; null while it is enabled. */
            disabledAt: string | null;
            /** @description Why it was disabled; null while it is enabled. */
            disabledReason: ("failing" | "gone" | "by_hand") | null;
            /** @description Since when every delivery has failed; null while deliveries succeed. */
            failingSince: string | null;
            /** @description Until when the previous secret signs too; null when it does not. */
            previousSecretExpiresAt: string | null;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last changed.
             * @example 2026-01-31T12:00:00.000Z
             */
            updatedAt: string;
        };
        RotateWebhookSecretRequest: {
            /**
             * @description How long the old one stays valid beside the new one, in seconds.
             * @default 86400
             */
            overlapSeconds?: number;
        };
        UpdateWebhookEndpointRequest: {
            /**
             * @description Where events are sent.
             * @example https://shop.example/hooks
             */
            url?: string;
            /** @description The types of events that are sent; null: all except `entry.created`. */
            types?: ("entry.created" | "deposit.observed" | "deposit.credited" | "deposit.unmatched" | "deposit.set_aside" | "deposit.orphaned" | "deposit.reversed" | "balance.status_changed" | "hold.expired" | "credits.expiring" | "sender.registered" | "sender.unbound" | "order.created" | "order.paid" | "order.credited" | "order.parked" | "order.failed" | "order.expired" | "order.cancelled" | "order.refunded" | "dispute.opened" | "dispute.funds_withdrawn" | "dispute.funds_reinstated" | "dispute.closed" | "payment.action_required" | "auto_refill.succeeded" | "auto_refill.failed" | "auto_refill.stopped" | "subscription.activated" | "subscription.renewed" | "subscription.past_due" | "subscription.cancelled" | "subscription.ended" | "budget.warned" | "budget.exhausted" | "budget.renewed" | "rail.frozen" | "rail.released" | "webhook.disabled" | "webhook.test")[] | null;
            /**
             * @description What it is for, in words; null without any.
             * @example Chat of the support desk
             */
            description?: string | null;
            /** @description Whether events are sent. */
            enabled?: boolean;
        };
        ListWebhookDeliveriesReply: {
            /** @description The deliveries, newest first. */
            deliveries: components["schemas"]["WebhookDelivery"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        WebhookDelivery: {
            /**
             * Format: uuid
             * @description The id.
             */
            id: string;
            /**
             * @description The id of the event.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            eventId: string;
            /**
             * @description Which event it is.
             * @enum {string}
             */
            type: "entry.created" | "deposit.observed" | "deposit.credited" | "deposit.unmatched" | "deposit.set_aside" | "deposit.orphaned" | "deposit.reversed" | "balance.status_changed" | "hold.expired" | "credits.expiring" | "sender.registered" | "sender.unbound" | "order.created" | "order.paid" | "order.credited" | "order.parked" | "order.failed" | "order.expired" | "order.cancelled" | "order.refunded" | "dispute.opened" | "dispute.funds_withdrawn" | "dispute.funds_reinstated" | "dispute.closed" | "payment.action_required" | "auto_refill.succeeded" | "auto_refill.failed" | "auto_refill.stopped" | "subscription.activated" | "subscription.renewed" | "subscription.past_due" | "subscription.cancelled" | "subscription.ended" | "budget.warned" | "budget.exhausted" | "budget.renewed" | "rail.frozen" | "rail.released" | "webhook.disabled" | "webhook.test";
            /**
             * @description The position of the event in the log.
             * @example 0000000000000042
             */
            eventCursor: string;
            /**
             * @description The state of the delivery.
             * @enum {string}
             */
            state: "pending" | "delivered" | "failed";
            /** @description The delivery that this one repeats; null where it repeats none. */
            redeliveryOf: string | null;
            /** @description When it is tried again; null where it is not. */
            nextAttemptAt: string | null;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /** @description When it ended; null while it is open. */
            finishedAt: string | null;
            /** @description The attempts, oldest first. */
            attempts: {
                /**
                 * Format: date-time
                 * @description When it was tried.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                at: string;
                /** @description How long it took, in milliseconds. */
                durationMs: number;
                /** @description The status of the answer; null where none came. */
                statusCode: number | null;
                /**
                 * @description What went wrong; null when nothing did.
                 * @example the connection was refused
                 */
                error: string | null;
                /**
                 * @description The first bytes of the answer's body; null where none came.
                 * @example ok
                 */
                responseStart: string | null;
            }[];
        };
        RedeliverEventRequest: Record<string, never>;
        SendTestEventRequest: Record<string, never>;
        SendTestEventAccepted: {
            /**
             * @description The id of the event.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            eventId: string;
        };
        ListPlatformEventsReply: {
            /** @description The events, oldest first. */
            events: components["schemas"]["Event"][];
            /**
             * @description To be sent as `after` for the next events, at any time.
             * @example 0000000000000042
             */
            cursor: string;
            /** @description Whether there are more. */
            hasMore: boolean;
        };
        /** @description Why a call was refused, or failed. */
        Problem: {
            /**
             * @description The page about this code: a path, or a URL where COFFER_PUBLIC_URL is configured.
             * @example /docs/errors/NOT_FOUND
             */
            type: string;
            /**
             * @description The title of the code.
             * @example Not found
             */
            title: string;
            /**
             * @description The HTTP status.
             * @example 404
             */
            status: number;
            /**
             * @description What happened and what to do, in words.
             * @example there is no such hold
             */
            detail: string;
            /**
             * @description The same text as `detail`.
             * @example there is no such hold
             */
            message: string;
            /**
             * @description The stable code of the problem.
             * @example NOT_FOUND
             * @enum {string}
             */
            code: "VALIDATION_FAILED" | "ORG_REQUIRED" | "SERVICE_TYPE_RESERVED" | "SIGNATURE_INVALID" | "PLAN_NOT_SELLABLE" | "UNAUTHENTICATED" | "CREDIT_INSUFFICIENT" | "CARD_DECLINED" | "FORBIDDEN" | "ORG_SUSPENDED" | "USER_SUSPENDED" | "NOT_FOUND" | "SENDER_CLAIMED" | "HOLD_NOT_PENDING" | "HOLD_EXCEEDED" | "DEPOSIT_NOT_OPEN" | "ORDER_NOT_OPEN" | "PRODUCT_INACTIVE" | "ALREADY_CHECKED_IN" | "CHECKIN_DISABLED" | "COUPON_UNUSABLE" | "DISPUTE_NOT_OPEN" | "PAYMENTS_NOT_CONFIGURED" | "REFUND_NOT_POSSIBLE" | "SUBSCRIPTION_STATE" | "IDEMPOTENCY_CONFLICT" | "CURSOR_AHEAD" | "BODY_TOO_LARGE" | "RATE_LIMITED" | "PAYMENT_PROVIDER_FAILED" | "LEDGER_UNAVAILABLE" | "DEPOSIT_ADDRESS_UNAVAILABLE" | "RECOVERY_REQUIRED" | "METHOD_NOT_ALLOWED" | "INTERNAL_ERROR";
            /**
             * @description The path of the request, without its query.
             * @example /treasury/release-hold
             */
            instance: string;
            /**
             * @description The id of the request, also in the header `X-Request-Id`.
             * @example 019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            requestId: string;
            /** @description With VALIDATION_FAILED: everything that is wrong, by field or header. */
            errors?: {
                /**
                 * @description The field, parameter or header.
                 * @example commands.0.amountUsd
                 */
                path: string;
                /**
                 * @description What is wrong with it.
                 * @example is required
                 */
                message: string;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Balance = components['schemas']['Balance'];
export type EntryType = components['schemas']['EntryType'];
export type ServiceType = components['schemas']['ServiceType'];
export type ListEntriesReply = components['schemas']['ListEntriesReply'];
export type Entry = components['schemas']['Entry'];
export type ListPacksReply = components['schemas']['ListPacksReply'];
export type Pack = components['schemas']['Pack'];
export type ListOrdersReply = components['schemas']['ListOrdersReply'];
export type Order = components['schemas']['Order'];
export type UpdateOrderRequest = components['schemas']['UpdateOrderRequest'];
export type CancelOrderRequest = components['schemas']['CancelOrderRequest'];
export type CreateCheckoutRequest = components['schemas']['CreateCheckoutRequest'];
export type CreateCheckoutReply = components['schemas']['CreateCheckoutReply'];
export type RegisterSenderRequest = components['schemas']['RegisterSenderRequest'];
export type RegisterSenderReply = components['schemas']['RegisterSenderReply'];
export type SenderChallenge = components['schemas']['SenderChallenge'];
export type ListSendersReply = components['schemas']['ListSendersReply'];
export type Sender = components['schemas']['Sender'];
export type CreateSenderChallengeRequest = components['schemas']['CreateSenderChallengeRequest'];
export type RegistrationChallengeRequest = components['schemas']['RegistrationChallengeRequest'];
export type ClaimChallengeRequest = components['schemas']['ClaimChallengeRequest'];
export type ClaimDepositRequest = components['schemas']['ClaimDepositRequest'];
export type ClaimDepositReply = components['schemas']['ClaimDepositReply'];
export type CreateDepositAddressesRequest = components['schemas']['CreateDepositAddressesRequest'];
export type CreateDepositAddressesReply = components['schemas']['CreateDepositAddressesReply'];
export type GetDepositAddressesReply = components['schemas']['GetDepositAddressesReply'];
export type ListDepositsReply = components['schemas']['ListDepositsReply'];
export type Deposit = components['schemas']['Deposit'];
export type TraceDepositReply = components['schemas']['TraceDepositReply'];
export type ListHoldsReply = components['schemas']['ListHoldsReply'];
export type Hold = components['schemas']['Hold'];
export type HeartbeatHoldRequest = components['schemas']['HeartbeatHoldRequest'];
export type HeartbeatHoldReply = components['schemas']['HeartbeatHoldReply'];
export type HoldAlive = components['schemas']['HoldAlive'];
export type HoldAlivePreview = components['schemas']['HoldAlivePreview'];
export type RunBatchRequest = components['schemas']['RunBatchRequest'];
export type BatchDebit = components['schemas']['BatchDebit'];
export type BatchHold = components['schemas']['BatchHold'];
export type BatchCapture = components['schemas']['BatchCapture'];
export type BatchRelease = components['schemas']['BatchRelease'];
export type BatchExtension = components['schemas']['BatchExtension'];
export type BatchGrowth = components['schemas']['BatchGrowth'];
export type BatchHeartbeat = components['schemas']['BatchHeartbeat'];
export type RunBatchReply = components['schemas']['RunBatchReply'];
export type Debit = components['schemas']['Debit'];
export type BudgetsLeft = components['schemas']['BudgetsLeft'];
export type DebitPreview = components['schemas']['DebitPreview'];
export type EntryPreview = components['schemas']['EntryPreview'];
export type HoldOpened = components['schemas']['HoldOpened'];
export type HoldOpenedPreview = components['schemas']['HoldOpenedPreview'];
export type HoldCaptured = components['schemas']['HoldCaptured'];
export type HoldAdvice = components['schemas']['HoldAdvice'];
export type HoldCapturedPreview = components['schemas']['HoldCapturedPreview'];
export type HoldReleased = components['schemas']['HoldReleased'];
export type HoldReleasedPreview = components['schemas']['HoldReleasedPreview'];
export type HoldExtended = components['schemas']['HoldExtended'];
export type HoldExtendedPreview = components['schemas']['HoldExtendedPreview'];
export type HoldGrown = components['schemas']['HoldGrown'];
export type HoldGrownPreview = components['schemas']['HoldGrownPreview'];
export type CommandProblem = components['schemas']['CommandProblem'];
export type CheckBalanceRequest = components['schemas']['CheckBalanceRequest'];
export type CheckBalanceReply = components['schemas']['CheckBalanceReply'];
export type Quote = components['schemas']['Quote'];
export type Settings = components['schemas']['Settings'];
export type UpdateSettingsRequest = components['schemas']['UpdateSettingsRequest'];
export type Approval = components['schemas']['Approval'];
export type ApprovalState = components['schemas']['ApprovalState'];
export type AutoRefill = components['schemas']['AutoRefill'];
export type SetAutoRefillRequest = components['schemas']['SetAutoRefillRequest'];
export type CreateDebitRequest = components['schemas']['CreateDebitRequest'];
export type CreateDebitReply = components['schemas']['CreateDebitReply'];
export type CreateHoldRequest = components['schemas']['CreateHoldRequest'];
export type CreateHoldReply = components['schemas']['CreateHoldReply'];
export type CaptureHoldRequest = components['schemas']['CaptureHoldRequest'];
export type CaptureHoldReply = components['schemas']['CaptureHoldReply'];
export type ReleaseHoldRequest = components['schemas']['ReleaseHoldRequest'];
export type ReleaseHoldReply = components['schemas']['ReleaseHoldReply'];
export type ExtendHoldRequest = components['schemas']['ExtendHoldRequest'];
export type ExtendHoldReply = components['schemas']['ExtendHoldReply'];
export type GrowHoldRequest = components['schemas']['GrowHoldRequest'];
export type GrowHoldReply = components['schemas']['GrowHoldReply'];
export type ReportUsageRequest = components['schemas']['ReportUsageRequest'];
export type ReportUsageReply = components['schemas']['ReportUsageReply'];
export type UsageResult = components['schemas']['UsageResult'];
export type UsageProblem = components['schemas']['UsageProblem'];
export type UsageCharge = components['schemas']['UsageCharge'];
export type ListBudgetsReply = components['schemas']['ListBudgetsReply'];
export type Budget = components['schemas']['Budget'];
export type CreateBudgetRequest = components['schemas']['CreateBudgetRequest'];
export type UpdateBudgetRequest = components['schemas']['UpdateBudgetRequest'];
export type ExplainDecisionReply = components['schemas']['ExplainDecisionReply'];
export type Decision = components['schemas']['Decision'];
export type OrgBilling = components['schemas']['OrgBilling'];
export type UpdateOrgBillingRequest = components['schemas']['UpdateOrgBillingRequest'];
export type PutOrgBillingRequest = components['schemas']['PutOrgBillingRequest'];
export type OrgWallet = components['schemas']['OrgWallet'];
export type CreateOrgTransactionRequest = components['schemas']['CreateOrgTransactionRequest'];
export type CreateOrgTransactionReply = components['schemas']['CreateOrgTransactionReply'];
export type OrgTransactionDone = components['schemas']['OrgTransactionDone'];
export type OrgTransaction = components['schemas']['OrgTransaction'];
export type OrgBudgetLeft = components['schemas']['OrgBudgetLeft'];
export type OrgTransactionDonePreview = components['schemas']['OrgTransactionDonePreview'];
export type OrgTransactionPreview = components['schemas']['OrgTransactionPreview'];
export type CreateOrgTransactionAccepted = components['schemas']['CreateOrgTransactionAccepted'];
export type ApprovalPreview = components['schemas']['ApprovalPreview'];
export type ListOrgTransactionsReply = components['schemas']['ListOrgTransactionsReply'];
export type CreateProductRequest = components['schemas']['CreateProductRequest'];
export type Product = components['schemas']['Product'];
export type ListProductsReply = components['schemas']['ListProductsReply'];
export type UpdateProductRequest = components['schemas']['UpdateProductRequest'];
export type CreateProductCheckoutRequest = components['schemas']['CreateProductCheckoutRequest'];
export type CreateProductCheckoutReply = components['schemas']['CreateProductCheckoutReply'];
export type VerifyProductCheckoutRequest = components['schemas']['VerifyProductCheckoutRequest'];
export type VerifyProductCheckoutReply = components['schemas']['VerifyProductCheckoutReply'];
export type GetUserWalletReply = components['schemas']['GetUserWalletReply'];
export type DeductFromUserWalletRequest = components['schemas']['DeductFromUserWalletRequest'];
export type DeductFromUserWalletReply = components['schemas']['DeductFromUserWalletReply'];
export type UserWalletDeducted = components['schemas']['UserWalletDeducted'];
export type UserWalletTooLow = components['schemas']['UserWalletTooLow'];
export type CreateTopUpSessionRequest = components['schemas']['CreateTopUpSessionRequest'];
export type CreateTopUpSessionReply = components['schemas']['CreateTopUpSessionReply'];
export type ListUserWalletTransactionsReply = components['schemas']['ListUserWalletTransactionsReply'];
export type ListRatesReply = components['schemas']['ListRatesReply'];
export type GetCreditsBalanceReply = components['schemas']['GetCreditsBalanceReply'];
export type ListCreditsTransactionsReply = components['schemas']['ListCreditsTransactionsReply'];
export type CreditsTransaction = components['schemas']['CreditsTransaction'];
export type DeductCreditsRequest = components['schemas']['DeductCreditsRequest'];
export type DeductCreditsReply = components['schemas']['DeductCreditsReply'];
export type CreditsMoved = components['schemas']['CreditsMoved'];
export type CreditsMovedPreview = components['schemas']['CreditsMovedPreview'];
export type CreditsTransactionPreview = components['schemas']['CreditsTransactionPreview'];
export type CheckInRequest = components['schemas']['CheckInRequest'];
export type CheckInReply = components['schemas']['CheckInReply'];
export type RedeemCouponRequest = components['schemas']['RedeemCouponRequest'];
export type RedeemCouponReply = components['schemas']['RedeemCouponReply'];
export type ListCreditsOrdersReply = components['schemas']['ListCreditsOrdersReply'];
export type CreditsOrder = components['schemas']['CreditsOrder'];
export type GetCreditsOrderReply = components['schemas']['GetCreditsOrderReply'];
export type CreatePaymentSessionRequest = components['schemas']['CreatePaymentSessionRequest'];
export type CreatePaymentSessionReply = components['schemas']['CreatePaymentSessionReply'];
export type GetSubscriptionReply = components['schemas']['GetSubscriptionReply'];
export type Subscription = components['schemas']['Subscription'];
export type ChangeSubscriptionRequest = components['schemas']['ChangeSubscriptionRequest'];
export type ChangeSubscriptionReply = components['schemas']['ChangeSubscriptionReply'];
export type CancelSubscriptionRequest = components['schemas']['CancelSubscriptionRequest'];
export type CancelSubscriptionReply = components['schemas']['CancelSubscriptionReply'];
export type ResumeSubscriptionRequest = components['schemas']['ResumeSubscriptionRequest'];
export type ResumeSubscriptionReply = components['schemas']['ResumeSubscriptionReply'];
export type OpenSubscriptionPortalRequest = components['schemas']['OpenSubscriptionPortalRequest'];
export type OpenSubscriptionPortalReply = components['schemas']['OpenSubscriptionPortalReply'];
export type ListOfferedPlansReply = components['schemas']['ListOfferedPlansReply'];
export type OfferedPlan = components['schemas']['OfferedPlan'];
export type AdjustCreditsRequest = components['schemas']['AdjustCreditsRequest'];
export type AdjustCreditsReply = components['schemas']['AdjustCreditsReply'];
export type AdjustCreditsAccepted = components['schemas']['AdjustCreditsAccepted'];
export type ListAllCreditsTransactionsReply = components['schemas']['ListAllCreditsTransactionsReply'];
export type GetStatementReply = components['schemas']['GetStatementReply'];
export type ListOwnKeysReply = components['schemas']['ListOwnKeysReply'];
export type Key = components['schemas']['Key'];
export type CreateOwnKeyRequest = components['schemas']['CreateOwnKeyRequest'];
export type NewKey = components['schemas']['NewKey'];
export type ListMembersReply = components['schemas']['ListMembersReply'];
export type Member = components['schemas']['Member'];
export type CreateOrgRequest = components['schemas']['CreateOrgRequest'];
export type Org = components['schemas']['Org'];
export type ListOrgsReply = components['schemas']['ListOrgsReply'];
export type OrgDetail = components['schemas']['OrgDetail'];
export type UpdateOrgRequest = components['schemas']['UpdateOrgRequest'];
export type CloseOrgRequest = components['schemas']['CloseOrgRequest'];
export type ClosedOrg = components['schemas']['ClosedOrg'];
export type ReopenOrgRequest = components['schemas']['ReopenOrgRequest'];
export type CreateKeyRequest = components['schemas']['CreateKeyRequest'];
export type ListKeysReply = components['schemas']['ListKeysReply'];
export type RotateKeyRequest = components['schemas']['RotateKeyRequest'];
export type CreateEntryRequest = components['schemas']['CreateEntryRequest'];
export type CreateEntryReply = components['schemas']['CreateEntryReply'];
export type Booking = components['schemas']['Booking'];
export type BookingPreview = components['schemas']['BookingPreview'];
export type CreateEntryAccepted = components['schemas']['CreateEntryAccepted'];
export type ListPricesReply = components['schemas']['ListPricesReply'];
export type Price = components['schemas']['Price'];
export type CreatePriceRequest = components['schemas']['CreatePriceRequest'];
export type ListEventsReply = components['schemas']['ListEventsReply'];
export type Event = components['schemas']['Event'];
export type EntryCreatedEvent = components['schemas']['EntryCreatedEvent'];
export type DepositObservedEvent = components['schemas']['DepositObservedEvent'];
export type DepositEventData = components['schemas']['DepositEventData'];
export type Transfer = components['schemas']['Transfer'];
export type DepositCreditedEvent = components['schemas']['DepositCreditedEvent'];
export type BookedDepositData = components['schemas']['BookedDepositData'];
export type DepositUnmatchedEvent = components['schemas']['DepositUnmatchedEvent'];
export type DepositSetAsideEvent = components['schemas']['DepositSetAsideEvent'];
export type DepositOrphanedEvent = components['schemas']['DepositOrphanedEvent'];
export type DepositReversedEvent = components['schemas']['DepositReversedEvent'];
export type BalanceStatusChangedEvent = components['schemas']['BalanceStatusChangedEvent'];
export type HoldExpiredEvent = components['schemas']['HoldExpiredEvent'];
export type CreditsExpiringEvent = components['schemas']['CreditsExpiringEvent'];
export type SenderRegisteredEvent = components['schemas']['SenderRegisteredEvent'];
export type SenderEventData = components['schemas']['SenderEventData'];
export type SenderUnboundEvent = components['schemas']['SenderUnboundEvent'];
export type OrderCreatedEvent = components['schemas']['OrderCreatedEvent'];
export type OrderEventData = components['schemas']['OrderEventData'];
export type OrderPaidEvent = components['schemas']['OrderPaidEvent'];
export type OrderCreditedEvent = components['schemas']['OrderCreditedEvent'];
export type OrderParkedEvent = components['schemas']['OrderParkedEvent'];
export type OrderFailedEvent = components['schemas']['OrderFailedEvent'];
export type OrderExpiredEvent = components['schemas']['OrderExpiredEvent'];
export type OrderCancelledEvent = components['schemas']['OrderCancelledEvent'];
export type OrderRefundedEvent = components['schemas']['OrderRefundedEvent'];
export type DisputeOpenedEvent = components['schemas']['DisputeOpenedEvent'];
export type DisputeEventData = components['schemas']['DisputeEventData'];
export type DisputeFundsWithdrawnEvent = components['schemas']['DisputeFundsWithdrawnEvent'];
export type DisputeFundsReinstatedEvent = components['schemas']['DisputeFundsReinstatedEvent'];
export type DisputeClosedEvent = components['schemas']['DisputeClosedEvent'];
export type PaymentActionRequiredEvent = components['schemas']['PaymentActionRequiredEvent'];
export type AutoRefillSucceededEvent = components['schemas']['AutoRefillSucceededEvent'];
export type AutoRefillFailedEvent = components['schemas']['AutoRefillFailedEvent'];
export type AutoRefillStoppedEvent = components['schemas']['AutoRefillStoppedEvent'];
export type SubscriptionActivatedEvent = components['schemas']['SubscriptionActivatedEvent'];
export type SubscriptionEventData = components['schemas']['SubscriptionEventData'];
export type SubscriptionRenewedEvent = components['schemas']['SubscriptionRenewedEvent'];
export type SubscriptionPastDueEvent = components['schemas']['SubscriptionPastDueEvent'];
export type SubscriptionCancelledEvent = components['schemas']['SubscriptionCancelledEvent'];
export type SubscriptionEndedEvent = components['schemas']['SubscriptionEndedEvent'];
export type BudgetWarnedEvent = components['schemas']['BudgetWarnedEvent'];
export type BudgetNoticeData = components['schemas']['BudgetNoticeData'];
export type BudgetExhaustedEvent = components['schemas']['BudgetExhaustedEvent'];
export type BudgetRenewedEvent = components['schemas']['BudgetRenewedEvent'];
export type RailFrozenEvent = components['schemas']['RailFrozenEvent'];
export type RailEventData = components['schemas']['RailEventData'];
export type RailReleasedEvent = components['schemas']['RailReleasedEvent'];
export type WebhookDisabledEvent = components['schemas']['WebhookDisabledEvent'];
export type WebhookTestEvent = components['schemas']['WebhookTestEvent'];
export type CreateWebhookEndpointRequest = components['schemas']['CreateWebhookEndpointRequest'];
export type WebhookEndpointWithSecret = components['schemas']['WebhookEndpointWithSecret'];
export type ListWebhookEndpointsReply = components['schemas']['ListWebhookEndpointsReply'];
export type WebhookEndpoint = components['schemas']['WebhookEndpoint'];
export type RotateWebhookSecretRequest = components['schemas']['RotateWebhookSecretRequest'];
export type UpdateWebhookEndpointRequest = components['schemas']['UpdateWebhookEndpointRequest'];
export type ListWebhookDeliveriesReply = components['schemas']['ListWebhookDeliveriesReply'];
export type WebhookDelivery = components['schemas']['WebhookDelivery'];
export type RedeliverEventRequest = components['schemas']['RedeliverEventRequest'];
export type SendTestEventRequest = components['schemas']['SendTestEventRequest'];
export type SendTestEventAccepted = components['schemas']['SendTestEventAccepted'];
export type ListPlatformEventsReply = components['schemas']['ListPlatformEventsReply'];
export type Problem = components['schemas']['Problem'];
export type $defs = Record<string, never>;
export interface operations {
    getBalance: {
        parameters: {
            query?: {
                /** @description Of which time: everything recorded before it. Left out: now. */
                at?: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Balance"];
                };
            };
        };
    };
    listEntries: {
        parameters: {
            query?: {
                format?: "json" | "csv";
                type?: components["schemas"]["EntryType"];
                serviceType?: components["schemas"]["ServiceType"];
                appId?: string;
                reference?: string;
                idempotencyKey?: string;
                holdId?: string;
                metadata?: {
                    [key: string]: string;
                };
                from?: string;
                to?: string;
                limit?: number;
                cursor?: string;
                bom?: "true" | "false";
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListEntriesReply"];
                    "text/csv": string;
                };
            };
        };
    };
    listPacks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListPacksReply"];
                };
            };
        };
    };
    listOrders: {
        parameters: {
            query?: {
                /** @description Only orders in this state. */
                state?: "created" | "awaiting_payment" | "processing" | "paid" | "credited" | "parked" | "failed" | "expired" | "cancelled";
                metadata?: {
                    [key: string]: string;
                };
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListOrdersReply"];
                };
            };
        };
    };
    getOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path: {
                /** @description The id of the order. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
        };
    };
    updateOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path: {
                /** @description The id of the order. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "poNumber": "PO-2026-118"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateOrderRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
        };
    };
    cancelOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path: {
                /** @description The id of the order. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["CancelOrderRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
        };
    };
    createCheckout: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "packId": "starter",
                 *       "successUrl": "https://shop.example/paid",
                 *       "cancelUrl": "https://shop.example/cart"
                 *     }
                 */
                "application/json": components["schemas"]["CreateCheckoutRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateCheckoutReply"];
                };
            };
        };
    };
    registerSender: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "address": "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
                 *     }
                 */
                "application/json": components["schemas"]["RegisterSenderRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisterSenderReply"];
                };
            };
        };
    };
    listSenders: {
        parameters: {
            query?: {
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListSendersReply"];
                };
            };
        };
    };
    deleteSender: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path: {
                /** @description The id of the sender. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; the answer has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    createSenderChallenge: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "purpose": "register",
                 *       "address": "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
                 *     }
                 */
                "application/json": components["schemas"]["CreateSenderChallengeRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SenderChallenge"];
                };
            };
        };
    };
    claimDeposit: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "txHash": "0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e",
                 *       "chain": "eip155:8453",
                 *       "proof": {
                 *         "message": "coffer.example wants you to sign in with your Ethereum account:\n0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                 *         "signature": "0x1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ClaimDepositRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimDepositReply"];
                };
            };
        };
    };
    createDepositAddresses: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["CreateDepositAddressesRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateDepositAddressesReply"];
                };
            };
        };
    };
    getDepositAddresses: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetDepositAddressesReply"];
                };
            };
        };
    };
    listDeposits: {
        parameters: {
            query?: {
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListDepositsReply"];
                };
            };
        };
    };
    traceDeposit: {
        parameters: {
            query: {
                /** @description The hash of the transaction: 0x and up to 64 hex digits. */
                tx: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TraceDepositReply"];
                };
            };
        };
    };
    listHolds: {
        parameters: {
            query?: {
                /** @description Only holds in this state. */
                state?: "open" | "captured" | "released" | "expired";
                serviceType?: components["schemas"]["ServiceType"];
                /** @description Only holds with this reference. */
                reference?: string;
                /** @description Only holds that draw from this one. */
                parentHoldId?: string;
                metadata?: {
                    [key: string]: string;
                };
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListHoldsReply"];
                };
            };
        };
    };
    heartbeatHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
                /** @description Answers what the call would answer, marked `dryRun`, without the ids of what is not written. */
                "Coffer-Dry-Run"?: "true";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "holdId": "hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40"
                 *     }
                 */
                "application/json": components["schemas"]["HeartbeatHoldRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeartbeatHoldReply"];
                };
            };
        };
    };
    runBatch: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
                /** @description Answers what the call would answer, marked `dryRun`, without the ids of what is not written. */
                "Coffer-Dry-Run"?: "true";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "commands": [
                 *         {
                 *           "op": "debit",
                 *           "idempotencyKey": "chat-8812",
                 *           "serviceType": "AI_API",
                 *           "amountUsd": "0.35"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["RunBatchRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunBatchReply"];
                };
            };
        };
    };
    checkBalance: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "amountUsd": "10.50"
                 *     }
                 */
                "application/json": components["schemas"]["CheckBalanceRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckBalanceReply"];
                };
            };
        };
    };
    getQuote: {
        parameters: {
            query: {
                /** @description The action that is priced. */
                action: string;
                /** @description How many units. */
                quantity: string;
                /** @description As of when; left out: now. */
                at?: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Quote"];
                };
            };
        };
    };
    getSettings: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
        };
    };
    updateSettings: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "lowBalanceThresholdUsd": "20.00",
                 *       "criticalThresholdUsd": "5.00"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateSettingsRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Approval"];
                };
            };
        };
    };
    getAutoRefill: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AutoRefill"];
                };
            };
        };
    };
    setAutoRefill: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "enabled": true,
                 *       "thresholdUsd": "10.00",
                 *       "packId": "starter",
                 *       "maxDayUsd": "100.00",
                 *       "maxMonthUsd": "500.00",
                 *       "maxDayCount": 3
                 *     }
                 */
                "application/json": components["schemas"]["SetAutoRefillRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AutoRefill"];
                };
            };
        };
    };
    createDebit: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
                /** @description Answers what the call would answer, marked `dryRun`, without the ids of what is not written. */
                "Coffer-Dry-Run"?: "true";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "serviceType": "AI_API",
                 *       "amountUsd": "0.35",
                 *       "reference": "chat-8812"
                 *     }
                 */
                "application/json": components["schemas"]["CreateDebitRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateDebitReply"];
                };
            };
        };
    };
    createHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
                /** @description Answers what the call would answer, marked `dryRun`, without the ids of what is not written. */
                "Coffer-Dry-Run"?: "true";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "serviceType": "SKU_PURCHASE",
                 *       "amountUsd": "25.00",
                 *       "expiresInSeconds": 900
                 *     }
                 */
                "application/json": components["schemas"]["CreateHoldRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateHoldReply"];
                };
            };
        };
    };
    captureHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
                /** @description Answers what the call would answer, marked `dryRun`, without the ids of what is not written. */
                "Coffer-Dry-Run"?: "true";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "holdId": "hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40",
                 *       "amountUsd": "10.50"
                 *     }
                 */
                "application/json": components["schemas"]["CaptureHoldRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaptureHoldReply"];
                };
            };
        };
    };
    releaseHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
                /** @description Answers what the call would answer, marked `dryRun`, without the ids of what is not written. */
                "Coffer-Dry-Run"?: "true";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "holdId": "hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40"
                 *     }
                 */
                "application/json": components["schemas"]["ReleaseHoldRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseHoldReply"];
                };
            };
        };
    };
    extendHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
                /** @description Answers what the call would answer, marked `dryRun`, without the ids of what is not written. */
                "Coffer-Dry-Run"?: "true";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "holdId": "hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40",
                 *       "expiresInSeconds": 1
                 *     }
                 */
                "application/json": components["schemas"]["ExtendHoldRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExtendHoldReply"];
                };
            };
        };
    };
    growHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
                /** @description Answers what the call would answer, marked `dryRun`, without the ids of what is not written. */
                "Coffer-Dry-Run"?: "true";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "holdId": "hold_...",
                 *       "byUsd": "5.00"
                 *     }
                 */
                "application/json": components["schemas"]["GrowHoldRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrowHoldReply"];
                };
            };
        };
    };
    reportUsage: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
                /** @description Answers what the call would answer, marked `dryRun`, without the ids of what is not written. */
                "Coffer-Dry-Run"?: "true";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "events": [
                 *         {
                 *           "id": "req-1",
                 *           "action": "chat",
                 *           "quantity": "1500",
                 *           "at": "2026-01-31T12:00:00Z"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ReportUsageRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportUsageReply"];
                };
            };
        };
    };
    listBudgets: {
        parameters: {
            query?: {
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListBudgetsReply"];
                };
            };
        };
    };
    createBudget: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "subject": "userId",
                 *       "value": "u-1",
                 *       "period": "month",
                 *       "limitUsd": "50.00",
                 *       "mode": "hard"
                 *     }
                 */
                "application/json": components["schemas"]["CreateBudgetRequest"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Budget"];
                };
            };
        };
    };
    deleteBudget: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path: {
                /** @description The id of the budget. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; the answer has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    updateBudget: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path: {
                /** @description The id of the budget. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "limitUsd": "75.00"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateBudgetRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Budget"];
                };
            };
        };
    };
    explainDecision: {
        parameters: {
            query?: {
                /** @description The id of an entry. */
                entry?: string;
                /** @description The id of a hold: why it was opened, and what became of it. */
                hold?: string;
                /** @description The id of the request: `requestId` of its problem, or the header `X-Request-Id` of its answer. */
                requestId?: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplainDecisionReply"];
                };
            };
        };
    };
    getOrgBilling: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the org, or its external id. */
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrgBilling"];
                };
            };
        };
    };
    putOrgBilling: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the org, or its external id. */
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "auto_refill_enabled": false
                 *     }
                 */
                "application/json": components["schemas"]["PutOrgBillingRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrgBilling"];
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Approval"];
                };
            };
        };
    };
    updateOrgBilling: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the org, or its external id. */
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "auto_refill_enabled": false
                 *     }
                 */
                "application/json": components["schemas"]["UpdateOrgBillingRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrgBilling"];
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Approval"];
                };
            };
        };
    };
    getOrgWallet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the org, or its external id. */
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrgWallet"];
                };
            };
        };
    };
    createOrgTransaction: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
                /** @description Answers what the call would answer, marked `dryRun`, without the ids of what is not written. */
                "Coffer-Dry-Run"?: "true";
            };
            path: {
                /** @description The id of the org, or its external id. */
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "operation": "deposit",
                 *       "amount_micros": 1,
                 *       "description": "Chat of the support desk"
                 *     }
                 */
                "application/json": components["schemas"]["CreateOrgTransactionRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateOrgTransactionReply"];
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateOrgTransactionAccepted"];
                };
            };
        };
    };
    listOrgTransactions: {
        parameters: {
            query?: {
                /** @description Only transactions of this app. */
                app_id?: string;
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The id of the org, or its external id. */
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListOrgTransactionsReply"];
                };
            };
        };
    };
    listProducts: {
        parameters: {
            query?: {
                /** @description `true`: those that are no longer sold too. */
                include_inactive?: "true" | "false";
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The id of the org, or its external id. */
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListProductsReply"];
                };
            };
        };
    };
    createProduct: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the org, or its external id. */
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Credits for 10 dollars",
                 *       "price_cents": 1,
                 *       "amount_micros": 1
                 *     }
                 */
                "application/json": components["schemas"]["CreateProductRequest"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Product"];
                };
            };
        };
    };
    getProduct: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the org, or its external id. */
                org: string;
                /** @description The id of the product. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Product"];
                };
            };
        };
    };
    updateProduct: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the org, or its external id. */
                org: string;
                /** @description The id of the product. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "active": false
                 *     }
                 */
                "application/json": components["schemas"]["UpdateProductRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Product"];
                };
            };
        };
    };
    createProductCheckout: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the org, or its external id. */
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "product_id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                 *       "success_url": "https://shop.example/paid",
                 *       "cancel_url": "https://shop.example/cart"
                 *     }
                 */
                "application/json": components["schemas"]["CreateProductCheckoutRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateProductCheckoutReply"];
                };
            };
        };
    };
    verifyProductCheckout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the org, or its external id. */
                org: string;
                /** @description The session. */
                session: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["VerifyProductCheckoutRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerifyProductCheckoutReply"];
                };
            };
        };
    };
    getUserWallet: {
        parameters: {
            query?: {
                /** @description The user, by 1 to 255 characters; people are asked about themselves whatever they name. */
                user_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetUserWalletReply"];
                };
            };
        };
    };
    deductFromUserWallet: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "user_id": "user-17",
                 *       "feature": "chat"
                 *     }
                 */
                "application/json": components["schemas"]["DeductFromUserWalletRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeductFromUserWalletReply"];
                };
            };
        };
    };
    createTopUpSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "user_id": "user-17",
                 *       "amountDollars": 20,
                 *       "returnUrl": "https://shop.example/account"
                 *     }
                 */
                "application/json": components["schemas"]["CreateTopUpSessionRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateTopUpSessionReply"];
                };
            };
        };
    };
    listUserWalletTransactions: {
        parameters: {
            query?: {
                /** @description The user, by 1 to 255 characters; people are asked about themselves whatever they name. */
                user_id?: string;
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListUserWalletTransactionsReply"];
                };
            };
        };
    };
    listRates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListRatesReply"];
                };
            };
        };
    };
    getCreditsBalance: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetCreditsBalanceReply"];
                };
            };
        };
    };
    listCreditsTransactions: {
        parameters: {
            query?: {
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description How many rows are passed over; a cursor costs less. */
                offset?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListCreditsTransactionsReply"];
                };
            };
        };
    };
    deductCredits: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
                /** @description Answers what the call would answer, marked `dryRun`, without the ids of what is not written. */
                "Coffer-Dry-Run"?: "true";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "user_id": "user-17",
                 *       "amount": 1
                 *     }
                 */
                "application/json": components["schemas"]["DeductCreditsRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeductCreditsReply"];
                };
            };
        };
    };
    checkIn: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
                /** @description Answers what the call would answer, marked `dryRun`, without the ids of what is not written. */
                "Coffer-Dry-Run"?: "true";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["CheckInRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckInReply"];
                };
            };
        };
    };
    redeemCoupon: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
                /** @description Answers what the call would answer, marked `dryRun`, without the ids of what is not written. */
                "Coffer-Dry-Run"?: "true";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "WELCOME-2026"
                 *     }
                 */
                "application/json": components["schemas"]["RedeemCouponRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RedeemCouponReply"];
                };
            };
        };
    };
    listCreditsOrders: {
        parameters: {
            query?: {
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description How many rows are passed over; a cursor costs less. */
                offset?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListCreditsOrdersReply"];
                };
            };
        };
    };
    getCreditsOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the order. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetCreditsOrderReply"];
                };
            };
        };
    };
    createPaymentSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "channel": "stripe",
                 *       "type": "topup",
                 *       "credits": 1000,
                 *       "success_url": "https://shop.example/paid",
                 *       "cancel_url": "https://shop.example/cart"
                 *     }
                 */
                "application/json": components["schemas"]["CreatePaymentSessionRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatePaymentSessionReply"];
                };
            };
        };
    };
    getSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetSubscriptionReply"];
                };
            };
        };
    };
    changeSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "plan_id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21"
                 *     }
                 */
                "application/json": components["schemas"]["ChangeSubscriptionRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeSubscriptionReply"];
                };
            };
        };
    };
    cancelSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["CancelSubscriptionRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CancelSubscriptionReply"];
                };
            };
        };
    };
    resumeSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ResumeSubscriptionRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResumeSubscriptionReply"];
                };
            };
        };
    };
    openSubscriptionPortal: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "return_url": "https://shop.example/account"
                 *     }
                 */
                "application/json": components["schemas"]["OpenSubscriptionPortalRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenSubscriptionPortalReply"];
                };
            };
        };
    };
    listOfferedPlans: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListOfferedPlansReply"];
                };
            };
        };
    };
    adjustCredits: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
                /** @description Answers what the call would answer, marked `dryRun`, without the ids of what is not written. */
                "Coffer-Dry-Run"?: "true";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "user_id": "user-17",
                 *       "amount": 1,
                 *       "reason": "agreed with the customer"
                 *     }
                 */
                "application/json": components["schemas"]["AdjustCreditsRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdjustCreditsReply"];
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdjustCreditsAccepted"];
                };
            };
        };
    };
    listAllCreditsTransactions: {
        parameters: {
            query?: {
                /** @description The user. */
                user_id?: string;
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description How many rows are passed over; a cursor costs less. */
                offset?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListAllCreditsTransactionsReply"];
                };
            };
        };
    };
    getStatement: {
        parameters: {
            query?: {
                month?: string;
                from?: string;
                to?: string;
                timeZone?: string;
                format?: "json" | "csv";
                bom?: "true" | "false";
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetStatementReply"];
                    "text/csv": string;
                };
            };
        };
    };
    listOwnKeys: {
        parameters: {
            query?: {
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListOwnKeysReply"];
                };
            };
        };
    };
    createOwnKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Chat service",
                 *       "scopes": [
                 *         "treasury:read"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateOwnKeyRequest"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewKey"];
                };
            };
        };
    };
    revokeOwnKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path: {
                /** @description The id of the key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; the answer has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listMembers: {
        parameters: {
            query?: {
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListMembersReply"];
                };
            };
        };
    };
    listOrgs: {
        parameters: {
            query?: {
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListOrgsReply"];
                };
            };
        };
    };
    createOrg: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Acme"
                 *     }
                 */
                "application/json": components["schemas"]["CreateOrgRequest"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Org"];
                };
            };
        };
    };
    getOrg: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The org. */
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrgDetail"];
                };
            };
        };
    };
    updateOrg: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The org. */
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "suspended": true,
                 *       "reason": "under investigation"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateOrgRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Org"];
                };
            };
        };
    };
    closeOrg: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The org. */
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "the contract ended"
                 *     }
                 */
                "application/json": components["schemas"]["CloseOrgRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClosedOrg"];
                };
            };
        };
    };
    reopenOrg: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The org. */
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ReopenOrgRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Org"];
                };
            };
        };
    };
    listKeys: {
        parameters: {
            query?: {
                /** @description Only keys of this org. */
                org?: string;
                /** @description Only keys of this kind. */
                kind?: "org" | "platform" | "admin";
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListKeysReply"];
                };
            };
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "platform",
                 *       "name": "Chat service",
                 *       "scopes": [
                 *         "treasury:spend"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateKeyRequest"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewKey"];
                };
            };
        };
    };
    rotateKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["RotateKeyRequest"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewKey"];
                };
            };
        };
    };
    getKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; the answer has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    createEntry: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
                /** @description Answers what the call would answer, marked `dryRun`, without the ids of what is not written. */
                "Coffer-Dry-Run"?: "true";
            };
            path: {
                /** @description The org. */
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "type": "GRANT",
                 *       "amountUsd": "25.00",
                 *       "reason": "welcome"
                 *     }
                 */
                "application/json": components["schemas"]["CreateEntryRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateEntryReply"];
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateEntryAccepted"];
                };
            };
        };
    };
    listPrices: {
        parameters: {
            query?: {
                /** @description Only prices of this org. */
                org?: string;
                /** @description Only prices of this action. */
                action?: string;
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListPricesReply"];
                };
            };
        };
    };
    createPrice: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "action": "chat",
                 *       "unit": "token",
                 *       "rateUsd": "0.00002"
                 *     }
                 */
                "application/json": components["schemas"]["CreatePriceRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Price"];
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Approval"];
                };
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description The cursor of an event or of a page; events after it are listed. Left out: from the beginning. */
                after?: string;
                /** @description Only these types of events; left out: all, for an endpoint all except entry.created. */
                types?: string;
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListEventsReply"];
                };
            };
        };
    };
    listWebhookEndpoints: {
        parameters: {
            query?: {
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListWebhookEndpointsReply"];
                };
            };
        };
    };
    createWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://shop.example/hooks"
                 *     }
                 */
                "application/json": components["schemas"]["CreateWebhookEndpointRequest"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointWithSecret"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path: {
                /** @description The id of the webhook endpoint. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["RotateWebhookSecretRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointWithSecret"];
                };
            };
        };
    };
    getWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path: {
                /** @description The id of the webhook endpoint. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
        };
    };
    deleteWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path: {
                /** @description The id of the webhook endpoint. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; the answer has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    updateWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path: {
                /** @description The id of the webhook endpoint. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "enabled": false
                 *     }
                 */
                "application/json": components["schemas"]["UpdateWebhookEndpointRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description Only deliveries in this state. */
                state?: "pending" | "delivered" | "failed";
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path: {
                /** @description The id of the webhook endpoint. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListWebhookDeliveriesReply"];
                };
            };
        };
    };
    redeliverEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path: {
                /** @description The id of the webhook endpoint. */
                id: string;
                /** @description The delivery. */
                delivery: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["RedeliverEventRequest"];
            };
        };
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
        };
    };
    sendTestEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path: {
                /** @description The id of the webhook endpoint. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["SendTestEventRequest"];
            };
        };
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SendTestEventAccepted"];
                };
            };
        };
    };
    listPlatformEvents: {
        parameters: {
            query?: {
                /** @description The cursor of an event or of a page; events after it are listed. Left out: from the beginning. */
                after?: string;
                /** @description Only these types of events; left out: all, for an endpoint all except entry.created. */
                types?: string;
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListPlatformEventsReply"];
                };
            };
        };
    };
    streamEvents: {
        parameters: {
            query?: {
                /** @description The cursor of an event or of a page; events after it are sent. Left out: only new ones. */
                after?: string;
                /** @description Only these types of events; left out: all, for an endpoint all except entry.created. */
                types?: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
        };
    };
    streamPlatformEvents: {
        parameters: {
            query?: {
                /** @description The cursor of an event or of a page; events after it are sent. Left out: only new ones. */
                after?: string;
                /** @description Only these types of events; left out: all, for an endpoint all except entry.created. */
                types?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
        };
    };
}
